package dev.pedidos.worker.limit;

import java.time.Duration;

/**
 * Tells whether every living worker has had time to write its limits again. They may have expired before the start, while the ledger
 * did not answer, or when its clock was set.
 */
final class Settling {

    private static final Duration GAP = Duration.ofSeconds(5);
    private static final Duration OTHERS_SAY_WITHIN = Duration.ofSeconds(10);

    private boolean asked;
    private long askedAt;
    private long clockAheadMicros;
    private long settledAt;

    /**
     * The limits were just read.
     *
     * @param databaseMicros the database's time after that
     * @param now by System.nanoTime, as everywhere in this class
     */
    void read(long databaseMicros, long now) {
        long ahead = databaseMicros - now / 1_000;
        boolean clockWasSet = Math.abs(ahead - clockAheadMicros) > GAP.toNanos() / 1_000;
        if (!asked || now - askedAt > GAP.toNanos() || clockWasSet) {
            settledAt = now + OTHERS_SAY_WITHIN.toNanos();
        }
        asked = true;
        askedAt = now;
        clockAheadMicros = ahead;
    }

    boolean isOver(long now) {
        return asked && now - settledAt >= 0;
    }
}
