package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * How long a program may take to stop.
 *
 * @param drain until it has finished what it has in hand
 */
public record StopTime(Duration drain) {
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(3);

    /** @param settings gives the value of each, in milliseconds */
    public static StopTime of(ToLongFunction<Setting> settings) {
        return new StopTime(Duration.ofMillis(
                settings.applyAsLong(Settings.DRAIN_MS) + settings.applyAsLong(Settings.READY_DELAY_MS)));
    }

    /** From the signal to the end of its process. */
    public Duration whole() {
        return drain.plus(AFTER_DRAIN);
    }
}
