package dev.pedidos.worker.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The pedidos that a worker has in hand: of each queue one on its shard's thread, and those in the lanes beside it. */
final class PedidosUnderWay {

    private final AtomicLong begun = new AtomicLong();
    /** By queue. In each, the pedido that was begun first comes first. */
    private final Map<String, ConcurrentNavigableMap<Long, String>> byQueue = new ConcurrentHashMap<>();

    /** A step, until it is closed. */
    final class Entry implements AutoCloseable {

        private final ConcurrentNavigableMap<Long, String> ofQueue;
        private final long number = begun.getAndIncrement();

        private Entry(ConcurrentNavigableMap<Long, String> ofQueue) {
            this.ofQueue = ofQueue;
        }

        void has(String pedidoId) {
            ofQueue.put(number, pedidoId);
        }

        @Override
        public void close() {
            ofQueue.remove(number);
        }
    }

    /** A step whose pedido is not known yet. */
    Entry begin(String queue) {
        return new Entry(byQueue.computeIfAbsent(queue, any -> new ConcurrentSkipListMap<>()));
    }

    Entry begin(String queue, String pedidoId) {
        var entry = begin(queue);
        entry.has(pedidoId);
        return entry;
    }

    /** The pedido that was begun first. */
    Optional<String> first(String queue) {
        return Optional.ofNullable(byQueue.get(queue))
                .map(ConcurrentNavigableMap::firstEntry)
                .map(Map.Entry::getValue);
    }
}
