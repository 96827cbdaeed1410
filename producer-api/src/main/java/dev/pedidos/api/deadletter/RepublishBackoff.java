package dev.pedidos.api.deadletter;

import java.time.Duration;

/**
 * The pause before missing letters are published again. It grows while letters keep missing, because a consumer that
 * takes every letter must not get one copy after the other. It ends when nothing is missing.
 */
final class RepublishBackoff {
    private static final Duration FIRST = Duration.ofSeconds(8);
    private static final int GROWTH = 4;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private long pauseNanos;
    private long sinceNanos;

    /** @param now System.nanoTime(), as everywhere in this class */
    boolean isOver(long now) {
        return now - sinceNanos >= pauseNanos;
    }

    void begin(long now) {
        sinceNanos = now;
        pauseNanos = Math.clamp(pauseNanos * GROWTH, FIRST.toNanos(), LONGEST.toNanos());
    }

    void end() {
        pauseNanos = 0;
    }
}
