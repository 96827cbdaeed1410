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
    /** Microseconds between the time that passes here and the database's clock. */
    private volatile long ahead;

    /**
     * @param nanos System::nanoTime, or a test's clock
     * @param wallMicros counts until the database has been seen
     */
    public AcceptanceClock(LongSupplier nanos, LongSupplier wallMicros) {
        this.nanos = nanos;
        this.ahead = wallMicros.getAsLong() - micros(nanos.getAsLong());
    }

    /**
     * The database has told its time, which it took after the question was put: counted from the question on, this clock
     * is ahead of the database's by no more than the question's way, and never behind.
     *
     * @param askedAt by the clock of nanoseconds, before the question was put
     */
    public void seen(long databaseMicros, long askedAt) {
        ahead = databaseMicros - micros(askedAt);
    }

    /** Not in the future, as far as that can be told: within the hour by which clocks may differ. */
    public boolean hasPassed(long micros) {
        return micros < micros(nanos.getAsLong()) + ahead + MOST_AHEAD.toNanos() / 1_000L;
    }

    long next() {
        long now = micros(nanos.getAsLong()) + ahead;
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    private static long micros(long nanos) {
        return Math.floorDiv(nanos, 1_000L);
    }
}
