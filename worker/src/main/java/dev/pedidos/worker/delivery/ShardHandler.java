package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.worker.execution.PedidoMemory;
import java.util.Collection;
import java.util.List;

/**
 * Works on the deliveries of one consumer of a shard.
 *
 * @param shardWork for a delivery alone
 * @param lotWork for several that are at hand together
 * @param memory for pedidos that are decoded on the shard's thread
 */
record ShardHandler(ShardWork shardWork, LotWork lotWork, PedidoMemory memory, ShardConsumer consumer)
        implements DeliveryHandler {

    @Override
    public void handle(List<Delivery> deliveries) throws Exception {
        long bytes = deliveries.stream()
                .mapToLong(delivery -> PedidoMemory.bytesOf(delivery.body()))
                .sum();
        try (var decoded = memory.take(bytes)) {
            if (deliveries.size() == 1) {
                shardWork.handle(deliveries.getFirst(), consumer);
            } else {
                lotWork.handle(deliveries, consumer);
            }
        }
    }

    @Override
    public Collection<Delivery> beginNoMore() {
        return consumer.beginNoMore();
    }

    @Override
    public void finish() throws InterruptedException {
        consumer.finish();
    }
}
