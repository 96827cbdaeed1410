package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.TurnParts;
import java.util.Optional;
import java.util.function.Supplier;

/** The work of all shards of a worker. */
public final class Processing {

    private final ShardWork shardWork;
    private final LotWork lotWork;
    private final Supplier<Settlement> settlements;
    private final PedidoMemory memory;
    private final WorkMetrics metrics;
    private final PedidosUnderWay underWay = new PedidosUnderWay();

    /**
     * @param settlements one for each consumer, for the deliveries of the connection that is open when it is made
     * @param memory for pedidos that are decoded on the threads of the shards
     * @param memoryBeside for those that are decoded beside them
     * @param permits for handlers that wait
     */
    public Processing(
            TurnParts turn,
            Supplier<Settlement> settlements,
            DatabaseRetry retry,
            PedidoMemory memory,
            PedidoMemory memoryBeside,
            HandlerPermits permits,
            WorkMetrics metrics) {
        this.settlements = settlements;
        this.memory = memory;
        this.metrics = metrics;
        metrics.watch(permits);
        var stepRunner = new StepRunner(retry, metrics, underWay);
        var lanes = new ReceiverLanes(permits, memoryBeside);
        shardWork = new ShardWork(turn, stepRunner, retry, lanes);
        lotWork = new LotWork(turn, stepRunner, shardWork);
    }

    public DeliveryHandler ofShard(String queue) {
        return new ShardHandler(shardWork, lotWork, memory, new ShardConsumer(queue, settlements.get()));
    }

    /** The pedido of a shard that has been in hand for the longest time; empty if there is none. */
    public Optional<String> longestInHand(String queue) {
        return underWay.first(queue);
    }

    /** Pedidos that were completed or rejected by this worker. */
    public double finished() {
        return metrics.finished();
    }
}
