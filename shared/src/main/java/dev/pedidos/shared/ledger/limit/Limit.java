package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.ledger.SqlTime;
import dev.pedidos.shared.runtime.CallRate;
import java.time.Duration;

/** A limit in force: how often the fleet may call a dependency. */
public record Limit(String dependency, CallRate rate) {

    /** A place that is free within this time is taken in advance: who takes it waits for it in place. */
    public static final Duration AHEAD = Duration.ofSeconds(1);

    /** However slow the database is, a call is not later than this after its time. */
    public static final Duration LATEST = Duration.ofMillis(600);

    /** A place stays taken for longer than the window, by a 32nd: a call needs some time from the worker to the dependency. */
    private static final int GUARD = 32;

    /** How much later than its time a call may leave the worker without costing more. As much again is left for its way. */
    public Duration tolerance() {
        return rate.window().dividedBy(2 * GUARD);
    }

    /** How long a place stays taken by a call that may leave the worker this much later than its time. */
    double cycleSeconds(Duration late) {
        var guard = rate.window().dividedBy(GUARD);
        var more = late.compareTo(tolerance()) > 0 ? late.minus(tolerance()) : Duration.ZERO;
        return rate.window().plus(guard).plus(more).toNanos() / 1e9;
    }

    static double aheadSeconds() {
        return SqlTime.seconds(AHEAD);
    }
}
