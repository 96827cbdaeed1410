package dev.pedidos.api;

import dev.pedidos.api.publishing.LineHeads;
import dev.pedidos.api.publishing.PublishedMarks;
import dev.pedidos.api.publishing.Publishing;
import dev.pedidos.api.publishing.PublishingMetrics;
import dev.pedidos.api.publishing.Relay;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.protocol.DuePublisher;

/** The part of the producer that brings pedidos from the ledger to the broker, put together. */
record PublishingParts(ConfirmedPublisher broker, Messages messages, Publishing publishing, RelayLedger relayLedger) {

    private static final int MOST_UNCONFIRMED = 20_000;

    static PublishingParts start(ApiContext context) {
        var broker = context.stores().publisher(MOST_UNCONFIRMED);
        var messages = new Messages(context.stores().names());
        var ledger = new RelayLedger(
                context.stores().database(), context.config().fleet().signOfLife());
        var metrics = new PublishingMetrics(context.metrics());
        var lifecycle = context.lifecycle();

        var marks = new PublishedMarks(ledger::mark, metrics);
        lifecycle.onStop("published marks", marks::close);
        marks.start();
        var publishing = new Publishing(broker, messages, marks, metrics);
        lifecycle.onStop("publishing", publishing::close);
        var relay = new Relay(
                ledger,
                new DuePublisher(broker, messages),
                metrics,
                context.memory().batchBytes(),
                () -> context.stores().ledgerIsUp() && broker.isUp());
        lifecycle.run("relay", relay.loop());
        lifecycle.run(
                "line heads",
                LineHeads.loop(ledger, context.config().fleet().signOfLife(), context.stores()::ledgerIsUp));
        return new PublishingParts(broker, messages, publishing, ledger);
    }
}
