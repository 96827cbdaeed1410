package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.execution.CallsFactory;
import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.AwaitingPublisher;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Attempt;
import dev.pedidos.worker.turn.BusyReceivers;
import dev.pedidos.worker.turn.FailureRecord;
import dev.pedidos.worker.turn.LineCheck;
import dev.pedidos.worker.turn.LotPassage;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.PassageContext;
import dev.pedidos.worker.turn.PreparedLots;
import dev.pedidos.worker.turn.ThisWorker;
import dev.pedidos.worker.turn.Turnstile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The work of all shards of a worker. */
public final class Processing {

    /**
     * The bounds of the work and what happens to failures.
     *
     * @param maxTentativas attempts before a pedido is dead-lettered
     * @param handlerLimit how long a handler may take
     * @param esperas how many handlers may wait at once
     * @param decodedBytes of the pedidos that are decoded at once: half of them on the threads of the shards, half beside them, since
     *     a handler that waits must not hold up a shard
     * @param lote the most pedidos of one transaction
     * @param onDeadLetter by tipo
     */
    public record Policy(
            RetryLadder ladder,
            int maxTentativas,
            Duration handlerLimit,
            int esperas,
            long decodedBytes,
            int lote,
            Function<String, OnDeadLetter> onDeadLetter) {}

    private final DatabaseRetry retry;
    private final AwaitingPublisher publisher;
    private final ShardWork shardWork;
    private final LotWork lotWork;
    private final PedidoMemory memory;
    private final WorkMetrics metrics;
    private final Map<String, String> pedidoByShard = new ConcurrentHashMap<>();

    /**
     * @param calls of the handlers
     * @param marks tells the ledger what is published
     */
    public Processing(
            ThisWorker worker,
            Turns turns,
            DatabaseBreaker breaker,
            Handlers handlers,
            Policy policy,
            CallsFactory calls,
            AwaitingPublisher publisher,
            Messages messages,
            LedgerPublisher.Marks marks,
            MeterRegistry registry) {
        this.publisher = publisher;
        metrics = new WorkMetrics(registry);
        retry = new DatabaseRetry(breaker);
        var failures = new FailureRecord(turns, policy.ladder(), policy.maxTentativas(), policy.onDeadLetter());
        var attempt = new Attempt(turns, failures, policy.handlerLimit(), calls);
        var lockedElsewhere = new BusyReceivers();
        memory = new PedidoMemory(policy.decodedBytes() / 2);
        var lotPassage = new LotPassage(turns, handlers, attempt, memory);
        var rules = new LotRules(handlers, lockedElsewhere);
        var preparedLots = new PreparedLots(turns, lotPassage, policy.lote(), metrics::lot);
        var context = new PassageContext(
                turns, preparedLots, handlers, attempt, failures, new LineCheck(policy.ladder()), worker);
        var turnstile = new Turnstile(context, lockedElsewhere, memory);
        var settlement = new Settlement(
                new LedgerPublisher(publisher, messages, marks),
                new LedgerPublisher(publisher::offer, messages, marks),
                policy.ladder().delayAfter(1));
        var permits = new HandlerPermits(policy.esperas());
        metrics.watch(permits);
        var stepRunner = new StepRunner(settlement, retry, metrics, pedidoByShard);
        var lanes = new ReceiverLanes(permits, new PedidoMemory(policy.decodedBytes() / 2));
        shardWork = new ShardWork(turnstile, lotPassage, rules, stepRunner, retry, lanes);
        lotWork = new LotWork(lotPassage, rules, stepRunner, shardWork);
    }

    public DeliveryHandler ofShard(String queue) {
        return new ShardHandler(shardWork, lotWork, memory, new ShardConsumer(queue));
    }

    /** The pedido in hand from a shard; empty if there is none. */
    public String inHand(String queue) {
        return pedidoByShard.getOrDefault(queue, "");
    }

    /** Pedidos that were completed or rejected by this worker. */
    public double finished() {
        return metrics.finished();
    }

    /** @param consuming whether the connection that deliveries come on is there */
    public void consumesWhile(BooleanSupplier consuming) {
        publisher.consumesWhile(consuming);
    }

    /** Stops waiting for a database that is down and for a broker that does not take messages. */
    public void announceStop() {
        retry.stop();
        publisher.announceStop();
    }
}
