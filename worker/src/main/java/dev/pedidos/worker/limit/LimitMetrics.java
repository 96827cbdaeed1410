package dev.pedidos.worker.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what limits allow and what they hold back. */
public final class LimitMetrics {

    private final Counter allowed;
    private final Counter waiting;

    public LimitMetrics(MeterRegistry registry) {
        allowed = counter(registry, "allowed");
        waiting = counter(registry, "waiting");
    }

    void allowed() {
        allowed.increment();
    }

    void refused() {
        waiting.increment();
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("pedidos_limit_total")
                .description("Calls to dependencies that have a limit")
                .tag("result", result)
                .register(registry);
    }
}
