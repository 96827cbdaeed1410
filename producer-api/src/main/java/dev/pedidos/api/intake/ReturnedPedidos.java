package dev.pedidos.api.intake;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says whether {@code pedidos_recusados} may hold pedidos of the open queue: a policy may have the broker put them there, and an API
 * puts them back. The intake of that queue tells what it sees.
 */
public final class ReturnedPedidos {
    /** Where one was, another API may have more of them in its hands. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);
    /** The queue may be unreadable, or something that lies there may never leave. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private long lastSeen;
    private long seenEmptyAt;
    private boolean awaited;
    private long awaitedSince;

    public ReturnedPedidos() {
        this(System::nanoTime);
    }

    /** @param nanos System::nanoTime, or the clock of a test */
    ReturnedPedidos(LongSupplier nanos) {
        this.nanos = nanos;
        lastSeen = nanos.getAsLong() - ON_ITS_WAY.toNanos();
        seenEmptyAt = lastSeen;
    }

    /** One is there, and goes back to the open queue. */
    synchronized void seen() {
        lastSeen = nanos.getAsLong();
    }

    synchronized void seenEmpty() {
        seenEmptyAt = nanos.getAsLong();
    }

    /** The first call begins a wait. It is bounded, whatever becomes of {@code pedidos_recusados}. */
    synchronized boolean waitIsOver() {
        long now = nanos.getAsLong();
        if (!awaited) {
            awaited = true;
            awaitedSince = now;
        }
        return now - awaitedSince > LONGEST.toNanos()
                || seenEmptyAt - awaitedSince > 0
                        && seenEmptyAt - lastSeen > 0
                        && now - lastSeen >= ON_ITS_WAY.toNanos();
    }

    synchronized void endWait() {
        awaited = false;
    }
}
