package dev.pedidos.shared.ledger.fleet;

import java.time.Duration;

/**
 * Tells whether every living process has had time to write again. The rows of living ones may have expired before this one started,
 * while the database did not answer, or when its clock was set.
 */
final class Settling {

    /** Shorter than anything expires. */
    private static final Duration GAP = Duration.ofSeconds(3);

    private final Duration othersWriteWithin;
    private boolean asked;
    private long askedAt;
    private long clockAheadMicros;
    private long settledAt;

    Settling(Duration othersWriteWithin) {
        this.othersWriteWithin = othersWriteWithin;
    }

    /**
     * The database's clock was just read.
     *
     * @param databaseMicros its time
     * @param now of the question, by System.nanoTime, as everywhere in this class
     */
    synchronized void read(long databaseMicros, long now) {
        long ahead = databaseMicros - now / 1_000;
        boolean clockWasSet = Math.abs(ahead - clockAheadMicros) > GAP.toNanos() / 1_000;
        if (!asked || now - askedAt > GAP.toNanos() || clockWasSet) {
            settledAt = now + othersWriteWithin.toNanos();
        }
        asked = true;
        askedAt = now;
        clockAheadMicros = ahead;
    }

    synchronized boolean isOver(long now) {
        return asked && now - settledAt >= 0;
    }
}
