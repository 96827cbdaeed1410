package dev.pedidos.api.deadletter;

import dev.pedidos.shared.ledger.deadletter.DeadLetterReads.Counts;
import dev.pedidos.shared.runtime.RecentReading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** The figures of dead letters and held receivers. docs/signals.md says what each means. */
public final class OperatorMetrics {
    private final Counter redriven;
    private final Counter discarded;
    private final Counter swept;
    private final Counter missing;
    private final AtomicLong settled = new AtomicLong();
    private final RecentReading<Counts> counts = new RecentReading<>();

    public OperatorMetrics(MeterRegistry registry) {
        Gauge.builder("pedidos_dead_letters", () -> counts.figure(Counts::dead)).register(registry);
        Gauge.builder("pedidos_held_receivers", () -> counts.figure(Counts::heldReceivers))
                .register(registry);
        redriven = registry.counter("pedidos_redriven_total");
        discarded = registry.counter("pedidos_discarded_total");
        swept = registry.counter("pedidos_letters_swept_total");
        missing = registry.counter("pedidos_letters_missing_total");
    }

    void redriven() {
        redriven.increment();
        settled.incrementAndGet();
    }

    void discarded() {
        discarded.increment();
        settled.incrementAndGet();
    }

    void swept(int more) {
        swept.increment(more);
    }

    void missing(int more) {
        missing.increment(more);
    }

    void counted(Counts now) {
        counts.set(now);
    }

    /** Grows with each pedido that this instance redrove or discarded. */
    long settled() {
        return settled.get();
    }
}
