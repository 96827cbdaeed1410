package dev.pedidos.worker;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.limit.SqlSlots;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.worker.calls.CallChain;
import dev.pedidos.worker.delivery.Processing;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.limit.FleetLimits;
import dev.pedidos.worker.limit.LimitMetrics;
import dev.pedidos.worker.limit.LimitRelease;
import dev.pedidos.worker.limit.LimitedCalls;
import dev.pedidos.worker.limit.SlotLatency;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseState;
import dev.pedidos.worker.settle.AwaitingPublisher;
import dev.pedidos.worker.turn.ThisWorker;

/** The part of the worker that takes deliveries to their endings, put together. */
record DeliveryParts(Processing processing, DatabaseBreaker breaker) {

    private static final int MOST_UNCONFIRMED = 1_000;

    static DeliveryParts start(WorkerContext context, Handlers handlers) {
        var database = context.database();
        var lifecycle = context.lifecycle();
        var breaker = new DatabaseBreaker(new DatabaseState(database::isUp, database::answers), context.metrics());
        lifecycle.onStop("database breaker", breaker::close);
        var publisher = context.stores().publisher(MOST_UNCONFIRMED);
        var messages = new Messages(context.topology());
        var signOfLife = context.config().fleet().signOfLife();
        var marks = new RelayLedger(database, signOfLife);
        var limits = new FleetLimits(
                new LimitStore(database),
                context.lock().name(),
                context.config().limites());
        var calls = calls(context, limits);
        lifecycle.onStop("calls", calls::close);
        var processing = new Processing(
                new ThisWorker(context.lock().name(), context.lock()::canTellDeaths),
                new SqlTurns(database, signOfLife),
                breaker,
                handlers,
                policy(context),
                calls,
                new AwaitingPublisher(publisher),
                messages,
                marks::mark,
                context.metrics());
        releaseLines(context, limits, publisher, messages, marks);
        return new DeliveryParts(processing, breaker);
    }

    private static Processing.Policy policy(WorkerContext context) {
        var config = context.config();
        return new Processing.Policy(
                context.topology().ladder(),
                config.maxTentativas(),
                config.handlerLimit(),
                config.esperas(),
                context.memory().decodedPedidos(),
                config.lote(),
                config.fleet()::onDeadLetter);
    }

    private static CallChain calls(WorkerContext context, FleetLimits limits) {
        var slots = new SqlSlots(context.database());
        var slotLatency = new SlotLatency();
        var metrics = new LimitMetrics(context.metrics());
        return new CallChain(
                context.database(),
                context.lock().name(),
                context.config().handlerLimit(),
                (next, afterWait, pedido) ->
                        new LimitedCalls(limits::of, slots, slotLatency, metrics, pedido.pedidoId(), afterWait, next));
    }

    private static void releaseLines(
            WorkerContext context,
            FleetLimits limits,
            ConfirmedPublisher publisher,
            Messages messages,
            RelayLedger marks) {
        var release = new LimitRelease(
                limits,
                new LimitQueue(context.database(), context.memory().batchBytes()),
                new DuePublisher(publisher, messages),
                marks::mark);
        context.lifecycle().onStop("limit release", release::close);
        release.start();
    }
}
