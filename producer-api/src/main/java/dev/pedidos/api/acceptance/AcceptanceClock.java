package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The database's clock, told without asking it: for those that are accepted while it is away. Never behind it, so that one
 * accepted without the database comes after those that were noted before, and each time later than the one before.
 */
public final class AcceptanceClock {
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    private final LongSupplier nanos;
    private final AtomicLong last = new AtomicLong();
    /** Clocks that are set by the same time run apart by less. */
    private static final long DRIFT = 5_000;

    /**
     * What has to be added to the time that passes here, in microseconds, for the database's clock.
     *
     * @param from its lowest value, as far as is known
     * @param to its highest: this one counts
     * @param at by the time that passes here
     */
    private record Offset(long from, long to, long at) {

        /** Two looks bound the same offset: what both allow counts. Where they allow nothing, that clock was set, or is another. */
        Offset narrowedBy(Offset newer) {
            long drift = (newer.at - at) / DRIFT;
            long low = Math.max(from - drift, newer.from);
            long high = Math.min(to + drift, newer.to);
            return low <= high ? new Offset(low, high, newer.at) : newer;
        }
    }

    private volatile Offset offset;
    private boolean wasSeen;

    /**
     * @param nanos System::nanoTime, or a test's clock
     * @param wallMicros counts until the database has been seen
     */
    public AcceptanceClock(LongSupplier nanos, LongSupplier wallMicros) {
        this.nanos = nanos;
        long now = micros(nanos.getAsLong());
        long ahead = wallMicros.getAsLong() - now;
        this.offset = new Offset(ahead, ahead, now);
    }

    /**
     * The database has told its time, which it took after the question was put: counted from the question on, this clock
     * is ahead of the database's by no more than the question's way, and never behind. A question that was long on its way, as the last
     * one is before the database is away, tells less than one before it that was not: else this clock would run ahead of that
     * of another API, and what comes there a moment later would have an earlier time.
     *
     * @param askedAt by the clock of nanoseconds, before the question was put; it has just been answered
     */
    public void seen(long databaseMicros, long askedAt) {
        long now = micros(nanos.getAsLong());
        Offset read = new Offset(databaseMicros - now, databaseMicros - micros(askedAt), now);
        offset = wasSeen ? offset.narrowedBy(read) : read;
        wasSeen = true;
    }

    /** Not in the future, as far as that can be told: within the hour by which clocks may differ. */
    public boolean hasPassed(long micros) {
        return micros < micros(nanos.getAsLong()) + offset.to() + MOST_AHEAD.toNanos() / 1_000L;
    }

    long next() {
        long now = micros(nanos.getAsLong()) + offset.to();
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    private static long micros(long nanos) {
        return Math.floorDiv(nanos, 1_000L);
    }
}
