package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.DeliveryHandler;
import java.util.List;

/** Works on the deliveries of one consumer of a shard. */
record ShardHandler(LotWork work, ShardConsumer consumer) implements DeliveryHandler {

    @Override
    public void handle(List<Delivery> deliveries) throws Exception {
        work.handle(deliveries, consumer);
    }

    @Override
    public void finish() throws InterruptedException {
        consumer.finish();
    }
}
