package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.runtime.CallRate;
import java.time.Duration;

/** A limit in force: how often the fleet may call a dependency. */
public record Limit(String dependency, CallRate rate) {

    /** A place that is free within this time is taken in advance: who takes it waits for it in place. */
    public static final Duration AHEAD = Duration.ofSeconds(1);

    /** A place stays taken for longer than the window, by a 32nd: a call needs some time from the worker to the dependency. */
    private static final int GUARD = 32;

    /** How much later than its time a call may leave the worker. As much again is left for its way. */
    public Duration tolerance() {
        return rate.window().dividedBy(2 * GUARD);
    }

    /** How long a place stays taken. */
    double cycleSeconds() {
        return (rate.window().toMillis() + rate.window().toMillis() / GUARD) / 1000.0;
    }

    static double aheadSeconds() {
        return AHEAD.toMillis() / 1000.0;
    }
}
