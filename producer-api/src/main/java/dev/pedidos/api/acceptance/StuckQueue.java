package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells a queue that confirms nothing from a message that was not confirmed. While a queue confirms others, what lies in it is inserted
 * soon, and a pedido that is inserted at once could overtake it.
 */
final class StuckQueue {
    /** The intake looks at the open queue several times in this time. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private boolean failing;
    private long failingSince;
    private OptionalLong confirmedAt = OptionalLong.empty();

    /** All moments are by the clock of nanoseconds. */
    synchronized void confirmed(long now) {
        failing = false;
        confirmedAt = OptionalLong.of(now);
    }

    /**
     * A message was not confirmed.
     *
     * @return whether nothing was confirmed for a while, and something could have been
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
