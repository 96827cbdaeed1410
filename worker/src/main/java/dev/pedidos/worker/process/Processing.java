package dev.pedidos.worker.process;

import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.settle.Settlement;
import io.micrometer.core.instrument.MeterRegistry;

/** The work of all shards of a worker. */
public final class Processing {

    private final Patience patience = new Patience();
    private final ShardWork work;

    /** @param maxTentativas attempts before a pedido is dead-lettered */
    public Processing(
            Database database,
            Handlers handlers,
            RetryLadder ladder,
            int maxTentativas,
            Settlement settlement,
            MeterRegistry metrics) {
        var failures = new FailureRecord(database, ladder, maxTentativas);
        var turnstile = new Turnstile(database, handlers, new Attempt(ladder), failures);
        work = new ShardWork(turnstile, new Heads(database), settlement, patience, new WorkMetrics(metrics));
    }

    public DeliveryHandler ofShard(String queue) {
        return delivery -> work.handle(delivery, queue);
    }

    /** Waits no longer for a database that is away. */
    public void announceStop() {
        patience.stop();
    }
}
