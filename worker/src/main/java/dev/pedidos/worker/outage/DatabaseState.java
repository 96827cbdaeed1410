package dev.pedidos.worker.outage;

import java.util.function.BooleanSupplier;

/** What the circuit breaker asks about the database. */
public record DatabaseState(BooleanSupplier up, BooleanSupplier answering) {

    /** What the last probe saw, a second or two ago. */
    boolean isUp() {
        return up.getAsBoolean();
    }

    /** Asks the database now. */
    boolean answers() {
        return answering.getAsBoolean();
    }
}
