package dev.pedidos.worker;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.limit.SqlSlots;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.worker.calls.CallChain;
import dev.pedidos.worker.delivery.Processing;
import dev.pedidos.worker.delivery.WorkMetrics;
import dev.pedidos.worker.execution.CallsFactory;
import dev.pedidos.worker.execution.HandlerCalls;
import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.limit.FleetLimits;
import dev.pedidos.worker.limit.LimitMetrics;
import dev.pedidos.worker.limit.LimitRelease;
import dev.pedidos.worker.limit.LimitedCalls;
import dev.pedidos.worker.limit.SlotTaker;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.DatabaseState;
import dev.pedidos.worker.settle.AwaitingPublisher;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Attempt;
import dev.pedidos.worker.turn.BusyReceivers;
import dev.pedidos.worker.turn.FailureRecord;
import dev.pedidos.worker.turn.LineCheck;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.Lots;
import dev.pedidos.worker.turn.PassageContext;
import dev.pedidos.worker.turn.PreparedLots;
import dev.pedidos.worker.turn.ThisWorker;
import dev.pedidos.worker.turn.TurnParts;
import dev.pedidos.worker.turn.Turnstile;

/**
 * The part of the worker that takes deliveries to their endings, put together.
 *
 * @param publisher of retries and dead letters
 */
record DeliveryParts(Processing processing, DatabaseBreaker breaker, DatabaseRetry retry, AwaitingPublisher publisher) {

    private static final int MOST_UNCONFIRMED = 1_000;

    static DeliveryParts start(WorkerContext context, Handlers handlers) {
        var database = context.database();
        var lifecycle = context.lifecycle();
        var breaker = new DatabaseBreaker(new DatabaseState(database::isUp, database::probeNow), context.metrics());
        lifecycle.onStop("database breaker", breaker::close);
        var publisher = context.stores().publisher(MOST_UNCONFIRMED);
        var messages = new Messages(context.topology());
        var marks = new RelayLedger(database, context.config().fleet().signOfLife());
        var limits = new FleetLimits(
                new LimitStore(database),
                context.lock().name(),
                context.config().limites());
        var calls = calls(context, limits);
        lifecycle.onStop("calls", calls::close);
        // Half of it on the threads of the shards, half beside them: a handler that waits must not hold up a shard.
        long decodedBytes = context.memory().decodedPedidos() / 2;
        var memory = new PedidoMemory(decodedBytes);
        var metrics = new WorkMetrics(context.metrics());
        var retry = new DatabaseRetry(breaker);
        var awaiting = new AwaitingPublisher(publisher);
        var processing = new Processing(
                turn(context, handlers, calls, memory, metrics),
                () -> settlement(context, awaiting, messages, marks),
                retry,
                memory,
                new PedidoMemory(decodedBytes),
                new HandlerPermits(context.config().work().esperas()),
                metrics);
        releaseLines(context, limits, publisher, messages, marks);
        return new DeliveryParts(processing, breaker, retry, awaiting);
    }

    private static TurnParts turn(
            WorkerContext context, Handlers handlers, CallsFactory calls, PedidoMemory memory, WorkMetrics metrics) {
        var config = context.config();
        var ladder = context.topology().ladder();
        var turns = new SqlTurns(context.database(), config.fleet().signOfLife());
        var failures = new FailureRecord(
                turns,
                ladder,
                config.work().maxTentativas(),
                config.fleet()::onDeadLetter,
                context.members()::canTellTheLiving);
        var handlerCalls = new HandlerCalls(config.work().handlerLimit(), calls);
        var attempt = new Attempt(turns, failures, handlerCalls);
        var lots = new Lots(turns, handlers, handlerCalls, memory);
        var passages = new PassageContext(
                turns,
                new PreparedLots(turns, lots, config.work().lote(), metrics::lot),
                handlers,
                attempt,
                new LineCheck(ladder),
                new ThisWorker(context.lock().name(), context.lock()::canTellDeaths));
        var lockedElsewhere = new BusyReceivers();
        return new TurnParts(
                new Turnstile(passages, lockedElsewhere, memory),
                lots,
                new LotRules(handlers, lockedElsewhere),
                handlers);
    }

    private static Settlement settlement(
            WorkerContext context, AwaitingPublisher publisher, Messages messages, RelayLedger marks) {
        return new Settlement(
                new LedgerPublisher(publisher.ofOpenConnection(), messages, marks::mark),
                new LedgerPublisher(publisher::offer, messages, marks::mark),
                context.topology().ladder().delayAfter(1));
    }

    private static CallChain calls(WorkerContext context, FleetLimits limits) {
        var slots =
                new SlotTaker(new SqlSlots(context.database()), new LimitMetrics(context.metrics()), System::nanoTime);
        return new CallChain(
                context.database(),
                context.lock().name(),
                context.config().work().handlerLimit(),
                (inner, afterWait, pedido) -> new LimitedCalls(limits::of, slots, pedido.pedidoId(), afterWait, inner));
    }

    /** Stops waiting for a database that is down and for a broker that does not take messages. */
    void announceStop() {
        retry.stop();
        publisher.announceStop();
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
