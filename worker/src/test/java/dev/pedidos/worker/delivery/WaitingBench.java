package dev.pedidos.worker.delivery;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import java.util.List;

/** A shard whose handler waits, with ledger and broker in memory. */
final class WaitingBench implements AutoCloseable {

    final WaitingHandler waiting = new WaitingHandler();
    final Bench bench = new Bench(List.of(waiting));
    final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", bench.settlement);
    private final ShardBench parts = new ShardBench(bench);

    WaitingBench() {
        waiting.ledger = bench.ledger;
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
