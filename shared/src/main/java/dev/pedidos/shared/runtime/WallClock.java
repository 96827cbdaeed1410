package dev.pedidos.shared.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** This machine's clock: for what has to have a time while the database, whose clock counts, was never seen. */
public final class WallClock {

    private WallClock() {}

    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
