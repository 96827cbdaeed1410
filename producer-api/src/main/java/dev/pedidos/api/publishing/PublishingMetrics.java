package dev.pedidos.api.publishing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The figures of publishing, marking and relaying. docs/signals.md says what each means. */
public final class PublishingMetrics {
    private final MeterRegistry registry;
    private final Timer confirmed;
    private final Timer failed;
    private final Counter marked;
    private final Counter marksLost;
    private final Counter relayed;
    private final Counter relayFailed;

    public PublishingMetrics(MeterRegistry registry) {
        this.registry = registry;
        confirmed = publish("confirmed");
        failed = publish("failed");
        marked = Counter.builder("pedidos.marks")
                .description("Rows marked as published")
                .register(registry);
        marksLost = Counter.builder("pedidos.marks.lost")
                .description("Marks that could not be written")
                .register(registry);
        relayed = relay("confirmed");
        relayFailed = relay("failed");
    }

    void confirmed(long nanos) {
        confirmed.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }

    void marked(int rows) {
        marked.increment(rows);
    }

    void marksLost(int marks) {
        marksLost.increment(marks);
    }

    void relayed(int confirms, int failures) {
        relayed.increment(confirms);
        relayFailed.increment(failures);
    }

    private Timer publish(String result) {
        return Timer.builder("pedidos.publish")
                .description("Publishing of new pedidos, until the broker's confirm or its failure")
                .tag("result", result)
                .register(registry);
    }

    private Counter relay(String result) {
        return Counter.builder("pedidos.relay")
                .description("Pedidos published by the relay")
                .tag("result", result)
                .register(registry);
    }
}
