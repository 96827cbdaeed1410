package dev.pedidos.worker.delivery;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import java.util.List;

/** A shard whose handler waits, with ledger and broker in memory. */
final class WaitingShard implements AutoCloseable {

    final WaitingHandler waiting = new WaitingHandler();
    final InMemoryWorker worker = new InMemoryWorker(List.of(waiting));
    final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
    private final ShardParts parts = new ShardParts(worker);

    WaitingShard() {
        waiting.ledger = worker.ledger;
    }

    ShardWork work(int permits) {
        return parts.work(parts.lanes(permits));
    }

    MemoryDelivery handle(ShardWork work, Pedido pedido) throws Exception {
        var delivery = MemoryDelivery.of(pedido);
        work.handle(delivery, shard);
        return delivery;
    }

    @Override
    public void close() {
        waiting.goOn.countDown();
        parts.close();
    }
}
