package dev.pedidos.shared.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** This machine's clock, for times that are needed before the database, whose clock counts, has been reached. */
public final class WallClock {

    private WallClock() {}

    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
