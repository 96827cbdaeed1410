package dev.pedidos.api.acceptance;

import dev.pedidos.api.acceptance.StoresUp.Broker;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Tells an outage of the broker from an interrupted connection. While this program cannot publish, others still take from the open
 * queue: a pedido that is inserted at once could overtake one that lies there.
 */
final class BrokerOutage {

    /** An interruption that lasts longer, or that follows another one sooner, is an outage. */
    static final Duration LONGEST_INTERRUPTION = Duration.ofSeconds(2);

    private final BooleanSupplier brokerUp;
    private final LongSupplier nanos;
    private boolean wasUp;
    private boolean mayBeInterruption;
    private long changedAt;

    /**
     * @param brokerUp answers at once, from what is known
     * @param nanos System::nanoTime, or a test's clock
     */
    BrokerOutage(BooleanSupplier brokerUp, LongSupplier nanos) {
        this.brokerUp = brokerUp;
        this.nanos = nanos;
    }

    /**
     * Reads the broker's state and the clock under one lock. Otherwise two threads could report their answers in the wrong order,
     * which would look like an interruption.
     */
    synchronized Broker look() {
        boolean up = brokerUp.getAsBoolean();
        long now = nanos.getAsLong();
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
