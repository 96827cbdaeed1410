package dev.pedidos.worker.turn;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The receivers whose turn was not to be had a moment ago: a frozen program holds one until the database ends it. Their
 * other deliveries are not made to wait for it as well, or the whole shard would.
 */
final class BusyReceivers {

    private static final Duration REMEMBERED = Duration.ofSeconds(3);
    private static final int MOST = 10_000;

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    void add(String recebedorId) {
        long now = System.nanoTime();
        if (until.size() >= MOST) {
            until.values().removeIf(end -> end - now < 0);
        }
        until.put(recebedorId, now + REMEMBERED.toNanos());
    }

    boolean contains(String recebedorId) {
        Long end = until.get(recebedorId);
        if (end == null) {
            return false;
        }
        if (end - System.nanoTime() > 0) {
            return true;
        }
        until.remove(recebedorId, end);
        return false;
    }
}
