package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The database's clock without the database: for pedidos that the broker accepts while the database is down. It is never behind the
 * database's clock, nor behind a place that this program has given, so that such a pedido comes after those that were inserted
 * before. Each time is later than the one before.
 */
public final class AcceptanceClock {

    /**
     * The database's clock minus this machine's nanoseconds, in microseconds.
     *
     * @param from the lowest possible value
     * @param to the highest possible value: this one is used
     * @param at when it was read, by this machine
     */
    private record Offset(long from, long to, long at) {

        /**
         * Both readings bound the same offset: only values that both allow are kept. If there are none, the clock was set or belongs to
         * another server, and only the newer reading counts.
         */
        Offset narrowedBy(Offset newer) {
            long drift = (newer.at - at) / DRIFT;
            long low = Math.max(from - drift, newer.from);
            long high = Math.min(to + drift, newer.to);
            return low <= high ? new Offset(low, high, newer.at) : newer;
        }
    }

    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    /**
     * How far beyond the newest place times begin at the most, in microseconds. Less than a second, so that pedidos of several APIs
     * keep the order of the queue.
     */
    private static final long MOST_BEYOND_NEWEST = 900_000;

    /** Clocks set by one time source drift apart by less than 1 in 5,000 of the time that passes. */
    private static final long DRIFT = 5_000;

    private final LongSupplier nanos;
    private final AtomicLong last = new AtomicLong();
    private volatile Offset offset;
    private boolean observed;

    /**
     * @param nanos System::nanoTime, or a test's clock
     * @param wallMicros counts until the database's clock was read
     */
    public AcceptanceClock(LongSupplier nanos, LongSupplier wallMicros) {
        this.nanos = nanos;
        long now = micros(nanos.getAsLong());
        long ahead = wallMicros.getAsLong() - now;
        this.offset = new Offset(ahead, ahead, now);
    }

    /**
     * Takes note of the database's clock, which was read after the question was sent. Counted from the question on, this clock is ahead of the
     * database's by no more than the question took, and never behind. A slow answer bounds the offset less tightly than
     * a fast one, and the last answer before an outage is often slow. So earlier answers count too; otherwise this clock would run
     * ahead of another API's, and a pedido that comes there a moment later would get an earlier time.
     *
     * @param askedAt by the clock of nanoseconds, before the question was sent; the answer has just come
     * @return whether places of the ledger may be ahead: the clock was read for the first time, or was set
     */
    public boolean observe(long databaseMicros, long askedAt) {
        long now = micros(nanos.getAsLong());
        Offset read = new Offset(databaseMicros - now, databaseMicros - micros(askedAt), now);
        Offset known = observed ? offset.narrowedBy(read) : read;
        boolean contradicts = known == read;
        offset = known;
        observed = true;
        return contradicts;
    }

    /**
     * Takes note of the newest place of the ledger. If it is ahead of the database's clock, that clock was set back, and its receiver's
     * next places follow it one by one: later times begin a little beyond it.
     */
    public void observeNewestPlace(long place) {
        long ahead = place - micros(nanos.getAsLong()) - offset.to();
        if (ahead > 0) {
            given(place + Math.min(ahead, MOST_BEYOND_NEWEST));
        }
    }

    /** Whether a time has passed, as far as can be told: clocks may differ by an hour. */
    public boolean hasPassed(long micros) {
        return micros < micros(nanos.getAsLong()) + offset.to() + MOST_AHEAD.toNanos() / 1_000L;
    }

    /**
     * A pedido was inserted at this place: later times are beyond it. A place is ahead of the database's clock if that was set back
     * since its receiver got the place before.
     */
    public void given(long place) {
        last.accumulateAndGet(place, Math::max);
    }

    long next() {
        long now = micros(nanos.getAsLong()) + offset.to();
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    private static long micros(long nanos) {
        return Math.floorDiv(nanos, 1_000L);
    }
}
