package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides whether the open queue is stuck, or only one message was not confirmed. A queue that confirms others is soon emptied
 * by the intake, and a pedido inserted at once could overtake what lies in it. Times are by {@code System.nanoTime}.
 */
final class StuckQueueDetector {
    /** The intake looks at the open queue several times in this time. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** After so long without a message only the next one can tell whether it is still stuck. */
    static final Duration STUCK_FOR = Duration.ofSeconds(30);

    private boolean failing;
    private long failingSince;
    private OptionalLong confirmedAt = OptionalLong.empty();
    private OptionalLong stuckAt = OptionalLong.empty();

    synchronized void confirmed(long now) {
        failing = false;
        stuckAt = OptionalLong.empty();
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
        boolean stuck = now - failingSince >= PATIENCE.toNanos();
        stuckAt = stuck ? OptionalLong.of(now) : stuckAt;
        return stuck;
    }

    /** Whether a message would not be confirmed, as far as is known. */
    synchronized boolean isStuck(long now) {
        return stuckAt.isPresent() && now - stuckAt.getAsLong() < STUCK_FOR.toNanos();
    }
}
