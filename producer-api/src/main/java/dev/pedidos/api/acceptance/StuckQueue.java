package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * By the clock of nanoseconds, tells a queue that confirms nothing from a message that was not confirmed. While a queue confirms others, what lies in it is inserted
 * soon, and a pedido that is inserted at once could overtake it.
 */
final class StuckQueue {
    /** The intake looks at the open queue several times in this time. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private boolean failing;
    private long failingSince;
    private OptionalLong confirmedAt = OptionalLong.empty();

    synchronized void confirmed(long now) {
        failing = false;
        confirmedAt = OptionalLong.of(now);
    }

    /**
     * A message was not confirmed.
     *
     * @param sent when it was sent
     * @return whether nothing has been confirmed for a while, although messages were sent
     */
    synchronized boolean failed(long sent, long now) {
        long silentSince = Math.max(sent - now, confirmedAt.orElse(sent) - now) + now;
        if (!failing || silentSince - failingSince < 0) {
            failing = true;
            failingSince = silentSince;
        }
        return now - failingSince >= PATIENCE.toNanos();
    }
}
