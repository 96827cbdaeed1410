package dev.pedidos.shared.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** This machine's clock, for times that are needed where the database, whose clock counts, is not asked. */
public final class WallClock {

    private WallClock() {}

    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, now());
    }

    public static Instant now() {
        return Instant.now();
    }
}
