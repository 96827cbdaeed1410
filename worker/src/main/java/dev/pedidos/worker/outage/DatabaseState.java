package dev.pedidos.worker.outage;

import java.util.function.BooleanSupplier;

/** The circuit breaker's questions about the database. */
public record DatabaseState(BooleanSupplier up, BooleanSupplier probingNow) {

    /** Whether the last probe, a second or two ago, found it usable. */
    boolean isUp() {
        return up.getAsBoolean();
    }

    /** Asks the database now, which may take seconds. */
    boolean probeNow() {
        return probingNow.getAsBoolean();
    }
}
