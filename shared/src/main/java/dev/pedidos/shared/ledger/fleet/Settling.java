package dev.pedidos.shared.ledger.fleet;

import java.time.Duration;

/**
 * Tells whether every living worker has had time to write its rows again. Those of living ones may have expired before this one started,
 * while rows could not be written, or when the database's clock was set.
 */
public final class Settling {

    private static final Duration OTHERS_WRITE_WITHIN = Duration.ofSeconds(10);

    private final Duration gap;
    private boolean wrote;
    private long wroteAt;
    private long clockAheadMicros;
    private long settledAt;

    /** @param gap between two writes of this worker after which rows of the others may have expired, though they write as often */
    public Settling(Duration gap) {
        this.gap = gap;
    }

    /**
     * This worker has just written its own rows.
     *
     * @param databaseMicros the database's time
     * @param now when it was asked for that, by System.nanoTime, as everywhere in this class
     */
    public synchronized void wrote(long databaseMicros, long now) {
        long ahead = databaseMicros - now / 1_000;
        boolean clockWasSet = Math.abs(ahead - clockAheadMicros) > gap.toNanos() / 1_000;
        if (isSilent(now) || clockWasSet) {
            settledAt = now + OTHERS_WRITE_WITHIN.toNanos();
        }
        wrote = true;
        wroteAt = now;
        clockAheadMicros = ahead;
    }

    /** Not while this worker cannot write either. */
    public synchronized boolean isOver(long now) {
        return !isSilent(now) && now - settledAt >= 0;
    }

    private boolean isSilent(long now) {
        return !wrote || now - wroteAt > gap.toNanos();
    }
}
