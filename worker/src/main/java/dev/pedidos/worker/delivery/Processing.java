package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Attempt;
import dev.pedidos.worker.turn.FailureRecord;
import dev.pedidos.worker.turn.Turns;
import dev.pedidos.worker.turn.Turnstile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The work of all shards of a worker. */
public final class Processing {

    /**
     * How failures are dealt with.
     *
     * @param maxTentativas attempts before a pedido is dead-lettered
     * @param handlerLimit how long a handler may take
     * @param holds whether receivers wait behind a dead letter of a tipo
     * @param signOfLife after which the relay looks at a parked pedido that nobody has gone on with
     */
    public record Policy(
            RetryLadder ladder,
            int maxTentativas,
            Duration handlerLimit,
            Predicate<String> holds,
            Duration signOfLife) {}

    private final DatabaseRetry patience;
    private final Settlement settlement;
    private final ShardWork work;
    private final WorkMetrics metrics;
    private final Map<String, String> inHand = new ConcurrentHashMap<>();

    /** @param worker the name of this process, whose lock it holds while it lives */
    public Processing(
            String worker,
            Database database,
            DatabaseBreaker breaker,
            Handlers handlers,
            Policy policy,
            Settlement settlement,
            MeterRegistry registry) {
        metrics = new WorkMetrics(registry);
        patience = new DatabaseRetry(breaker);
        this.settlement = settlement;
        var turns = new Turns(database, policy.signOfLife());
        var failures = new FailureRecord(turns, policy.ladder(), policy.maxTentativas(), policy.holds());
        var attempt = new Attempt(failures, policy.handlerLimit());
        var turnstile = new Turnstile(turns, handlers, attempt, failures, policy.ladder(), worker);
        work = new ShardWork(
                turnstile,
                turns,
                settlement,
                patience,
                metrics,
                inHand,
                policy.ladder().delayAfter(1));
    }

    public DeliveryHandler ofShard(String queue) {
        return delivery -> work.handle(delivery, queue);
    }

    /** The pedido that is being worked on from a shard; empty: none. */
    public String inHand(String queue) {
        return inHand.getOrDefault(queue, "");
    }

    /** Pedidos that had their effect or their final no here. */
    public double finished() {
        return metrics.finished();
    }

    /** Waits no longer for a database that is away or a broker that takes nothing. */
    public void announceStop() {
        patience.stop();
        settlement.announceStop();
    }
}
