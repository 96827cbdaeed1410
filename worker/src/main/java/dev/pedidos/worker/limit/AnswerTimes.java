package dev.pedidos.worker.limit;

import java.time.Duration;

/**
 * How long the database takes to give a place. A call that may begin at once is late when the answer comes. So it asks for a time that
 * lies ahead by as much.
 */
public final class AnswerTimes {

    private static final long LONGEST = Duration.ofMillis(300).toNanos();

    private long usual;

    /** Beyond the time by which a call may be late. */
    synchronized Duration lead(Duration tolerance) {
        return Duration.ofNanos(Math.max(0, 2 * usual - tolerance.toNanos()));
    }

    /** A slow answer counts at once, and is forgotten slowly. */
    synchronized void saw(long nanos) {
        usual = Math.min(LONGEST, Math.max(nanos, usual - usual / 8));
    }
}
