package dev.pedidos.api.deadletter;

import dev.pedidos.api.deadletter.DlqSweep.Swept;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The time of the next sweep of the queue of dead letters. Two reasons for a sweep have a time each: outdated letters, and
 * letters that were taken. The earlier one counts, but never before the rest after the last sweep is over. Instants are those
 * of {@code System.nanoTime()}.
 */
final class SweepSchedule {
    static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** After letters were missed: somebody who only looks at letters returns them within this time. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(8);
    /** The first sweep may miss a letter that somebody held or that was on its way: the next sweeps come soon. */
    private static final int GROWTH = 4;
    /** A sweep withholds the letters from everybody else, so sweeps take at most this part of the time. */
    private static final int REST_PER_SWEEP = 10;

    private long sweptAtNanos;
    private Duration untilLookForOutdated = LONGEST;
    /** Letters may have been taken while no instance ran: the first sweep comes as soon as it may. */
    private Duration untilLookForTaken = Duration.ZERO;

    private Duration rest = SHORTEST;

    SweepSchedule(long nowNanos) {
        sweptAtNanos = nowNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - sweptAtNanos
                >= longer(shorter(untilLookForOutdated, untilLookForTaken), rest)
                        .toNanos();
    }

    /** Dead letters were redriven or discarded: their messages are outdated. */
    void hurryForOutdated() {
        untilLookForOutdated = Duration.ZERO;
    }

    /** Letters may have been taken. A second look that is planned is not brought forward: they may still come back. */
    void hurryForTaken() {
        if (untilLookForTaken.equals(LONGEST)) {
            untilLookForTaken = Duration.ZERO;
        }
    }

    void swept(long nowNanos, Duration took, Swept swept) {
        sweptAtNanos = nowNanos;
        rest = took.multipliedBy(REST_PER_SWEEP);
        untilLookForTaken = swept.missedOnce() > 0 ? SECOND_LOOK : LONGEST;
        // A sweep soon shows whether they have arrived, and whether some are there twice.
        untilLookForOutdated = swept.republished() > 0
                ? SHORTEST
                : shorter(longer(SHORTEST, untilLookForOutdated.multipliedBy(GROWTH)), LONGEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return Collections.min(List.of(one, other));
    }

    private static Duration longer(Duration one, Duration other) {
        return Collections.max(List.of(one, other));
    }
}
