package dev.pedidos.shared.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The last reading of what is read again and again. It is unknown before the first one, and a minute after the last one. */
public final class RecentReading<T> {
    static final Duration LASTS = Duration.ofMinutes(1);

    private record Reading<T>(T value, long atNanos) {}

    private final LongSupplier nanos;
    private volatile @Nullable Reading<T> last;

    public RecentReading() {
        this(System::nanoTime);
    }

    RecentReading(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void set(T value) {
        last = new Reading<>(value, nanos.getAsLong());
    }

    /** For a gauge. NaN while it is unknown: Prometheus' {@code max} leaves it out, and no comparison with it is true. */
    public double figure(ToDoubleFunction<T> figure) {
        var reading = last;
        return reading == null || nanos.getAsLong() - reading.atNanos() > LASTS.toNanos()
                ? Double.NaN
                : figure.applyAsDouble(reading.value());
    }
}
