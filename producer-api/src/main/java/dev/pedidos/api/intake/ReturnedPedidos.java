package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.QueueReader;
import java.io.IOException;
import java.time.Duration;

/**
 * Says whether {@code pedidos_recusados} may hold pedidos of the open queue: a policy may have the broker put them there, and an API
 * puts them back. For one thread.
 */
public final class ReturnedPedidos {
    /** So long the last one may be on its way back. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);
    /** Something that lies there may never leave. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final QueueReader refusals;
    private long lastSeen = System.nanoTime() - ON_ITS_WAY.toNanos();

    /** @param refusals on the connection of the open queue */
    public ReturnedPedidos(QueueReader refusals) {
        this.refusals = refusals;
    }

    /** @param since System.nanoTime() when the wait for them began; they are waited for in bounded time */
    boolean areBack(long since) throws IOException {
        // A queue that is missing rests, and is empty.
        int ready = refusals.isUp() ? refusals.certainlyReady() : 0;
        long now = System.nanoTime();
        if (ready > 0) {
            lastSeen = now;
        }
        return now - lastSeen >= ON_ITS_WAY.toNanos() || now - since > LONGEST.toNanos();
    }
}
