package dev.pedidos.api.acceptance;

import dev.pedidos.api.acceptance.StoresUp.Broker;
import java.time.Duration;

/**
 * Tells an outage of the broker from an interrupted connection. While this program cannot publish, others still take from the open
 * queue: a pedido that is inserted at once could overtake one that lies there. Times are by System.nanoTime.
 */
final class BrokerOutage {

    /** An interruption that lasts longer, or that follows another one sooner, is an outage. */
    static final Duration LONGEST_INTERRUPTION = Duration.ofSeconds(2);

    private boolean wasUp;
    private boolean mayBeInterruption;
    private long changedAt;

    synchronized Broker seen(boolean up, long now) {
        long since = now - changedAt;
        if (up != wasUp) {
            mayBeInterruption = wasUp && since > LONGEST_INTERRUPTION.toNanos();
            wasUp = up;
            changedAt = now;
            since = 0;
        }
        if (up) {
            return Broker.UP;
        }
        return mayBeInterruption && since <= LONGEST_INTERRUPTION.toNanos() ? Broker.INTERRUPTED : Broker.DOWN;
    }
}
