package dev.pedidos.api.acceptance;

import java.time.Duration;

/**
 * Tells a queue that confirms nothing from a message that was not confirmed. While a queue confirms others, what lies in it is inserted
 * soon, and a pedido that is inserted at once could overtake it.
 */
final class StuckQueue {
    /** The intake looks at the open queue several times in this time. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private boolean failing;
    private long since;

    synchronized void confirmed() {
        failing = false;
    }

    /**
     * A message was not confirmed.
     *
     * @param sent by the clock of nanoseconds
     * @return whether nothing sent since a while ago was confirmed
     */
    synchronized boolean failed(long sent, long now) {
        if (!failing || sent - since < 0) {
            failing = true;
            since = sent;
        }
        return now - since >= PATIENCE.toNanos();
    }
}
