package dev.pedidos.api;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.api.acceptance.AcceptanceMetrics;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.BatchInsert;
import dev.pedidos.api.acceptance.BrokerPath;
import dev.pedidos.api.acceptance.Failover;
import dev.pedidos.api.acceptance.LedgerPath;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.runtime.WallClock;
import java.time.Duration;

/** The part of the producer that accepts pedidos, put together: by the ledger, or by the broker while the ledger cannot. */
record AcceptanceParts(Acceptor acceptor, Failover failover, PedidoInserts inserts, AcceptanceClock clock) {

    /** Beyond the wait for a confirm, with room for a slow commit. */
    private static final Duration RELAY_GRACE = Duration.ofSeconds(15);

    static AcceptanceParts start(ApiContext context, PublishingParts to) {
        var metrics = new AcceptanceMetrics(context.metrics());
        var stores = context.stores();
        var clock = new AcceptanceClock(System::nanoTime, WallClock::micros);
        var inserts = new PedidoInserts(stores.database(), RELAY_GRACE, clock::given);
        var byLedger = new LedgerPath(
                new BatchInsert(inserts::insert, to.publishing()::publish, metrics),
                metrics,
                context.memory().batchBytes());
        var byBroker = new BrokerPath(to.broker(), to.messages(), clock, metrics);
        var failover = new Failover(stores::ledgerIsUp, to.broker()::isUp, byLedger, byBroker, metrics);
        context.lifecycle().onStop("failover", failover::close);
        failover.start();
        var acceptor = new Acceptor(
                failover, metrics, context.ordered(), context.config().inFlight());
        return new AcceptanceParts(acceptor, failover, inserts, clock);
    }
}
