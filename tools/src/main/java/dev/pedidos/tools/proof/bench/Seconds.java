package dev.pedidos.tools.proof.bench;

import java.time.Duration;
import java.time.Instant;

/** Seconds as a number to divide by. */
final class Seconds {
    private Seconds() {}

    static double of(Duration time) {
        return time.toNanos() / 1e9;
    }

    static double between(Instant from, Instant to) {
        return Math.max(1e-9, of(Duration.between(from, to)));
    }
}
