package dev.pedidos.worker.turn;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The receivers whose pedidos could not be decided about a moment ago, because another session kept their lock or a row, or the
 * database refused a statement. A frozen program keeps a lock until the database ends its session. The other deliveries
 * of these receivers are set aside at once: if each waited, the whole shard would stand still.
 */
public final class BusyReceivers {

    public static final Duration REMEMBERED = Duration.ofSeconds(3);
    private static final int MOST = 10_000;

    private final Map<String, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    public BusyReceivers() {
        this(System::nanoTime);
    }

    /** @param nanos System::nanoTime, or a test's clock */
    public BusyReceivers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(String recebedorId) {
        long now = nanos.getAsLong();
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
        if (end - nanos.getAsLong() > 0) {
            return true;
        }
        until.remove(recebedorId, end);
        return false;
    }
}
