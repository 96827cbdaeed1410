package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.SqlTime;
import java.time.Duration;

/** A limit in force: how often the fleet may call a dependency. */
public record Limit(String dependency, CallRate rate) {

    /** A slot that is free within this time is taken in advance: the pedido that takes it waits for it in place. */
    public static final Duration AHEAD = Duration.ofSeconds(1);

    /** The longest delay of a call after its time, however slow the database is. */
    public static final Duration LATEST = Duration.ofMillis(600);

    /** A slot stays taken for longer than the window, by a 32nd: a call needs some time from the worker to the dependency. */
    private static final int GUARD = 32;

    /**
     * How long after its time a call may leave the worker without keeping its slot longer: half of the guard. The other
     * half is for the way to the dependency.
     */
    public Duration tolerance() {
        return rate.window().dividedBy(2 * GUARD);
    }

    /** How long a slot stays taken by a call that may leave the worker this much later than its time. */
    double cycleSeconds(Duration late) {
        var guard = rate.window().dividedBy(GUARD);
        var more = late.compareTo(tolerance()) > 0 ? late.minus(tolerance()) : Duration.ZERO;
        return rate.window().plus(guard).plus(more).toNanos() / 1e9;
    }

    static double aheadSeconds() {
        return SqlTime.seconds(AHEAD);
    }
}
