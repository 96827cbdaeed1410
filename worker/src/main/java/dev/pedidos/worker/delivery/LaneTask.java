package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import java.util.Optional;
import java.util.Set;

/**
 * Part of the work on a delivery in its receiver's lane.
 *
 * @param dependencies what it may wait for
 * @param alone its pedido is suspect: of those a shard works on one at a time
 * @param bytes that it takes of the memory for decoded pedidos
 * @param work returns the next task; empty if the delivery is finished
 */
record LaneTask(
        ShardConsumer consumer, Delivery delivery, Set<String> dependencies, boolean alone, long bytes, Work work) {

    /** The work of a task. */
    @FunctionalInterface
    interface Work {
        Optional<LaneTask> run() throws Exception;
    }
}
