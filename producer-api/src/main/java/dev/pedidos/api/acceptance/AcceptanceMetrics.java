package dev.pedidos.api.acceptance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The figures of accepting. docs/signals.md says what each means. */
public final class AcceptanceMetrics {
    private final MeterRegistry registry;
    private final Timer accepted;
    private final Timer replayed;
    private final Timer conflicting;
    private final Timer unavailable;
    private final Timer refused;
    private final Timer overloaded;
    private final Timer noteTime;
    private final DistributionSummary batchSize;
    private final Timer confirmed;
    private final Timer unconfirmed;
    private final Counter marked;
    private final Counter marksLost;
    private final Counter unnotedConfirmed;
    private final Counter unnotedFailed;
    private final Counter relayed;
    private final Counter relayFailed;

    public AcceptanceMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted = acceptance("accepted");
        replayed = acceptance("replayed");
        conflicting = acceptance("conflict");
        unavailable = acceptance("unavailable");
        refused = acceptance("refused");
        overloaded = acceptance("overloaded");
        noteTime = Timer.builder("pedidos.note")
                .description("Time of noting a batch")
                .register(registry);
        batchSize = DistributionSummary.builder("pedidos.note.batch")
                .description("Pedidos noted with one commit")
                .register(registry);
        confirmed = publish("confirmed");
        unconfirmed = publish("failed");
        marked = Counter.builder("pedidos.marks")
                .description("Rows marked as published")
                .register(registry);
        marksLost = Counter.builder("pedidos.marks.lost")
                .description("Marks that could not be written")
                .register(registry);
        unnotedConfirmed = unnotedCounter("confirmed");
        unnotedFailed = unnotedCounter("failed");
        relayed = relay("confirmed");
        relayFailed = relay("failed");
    }

    void inFlight(Supplier<Number> count) {
        Gauge.builder("pedidos.accepting", count)
                .description("Pedidos between their arrival and their answer")
                .register(registry);
    }

    void waiting(Supplier<Number> count) {
        Gauge.builder("pedidos.note.waiting", count)
                .description("Pedidos waiting to be noted")
                .register(registry);
    }

    void answered(Acceptance acceptance, long arrivedNanos) {
        Timer timer = switch (acceptance) {
            case Acceptance.Accepted() -> accepted;
            case Acceptance.Replayed(String answer) -> replayed;
            case Acceptance.Conflicting() -> conflicting;
            case Acceptance.Unavailable() -> unavailable;
            case Acceptance.Refused() -> refused;
            case Acceptance.Overloaded() -> overloaded;
        };
        timer.record(System.nanoTime() - arrivedNanos, TimeUnit.NANOSECONDS);
    }

    void noted(int size, long nanos) {
        batchSize.record(size);
        noteTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    void published(boolean confirm, long nanos) {
        (confirm ? confirmed : unconfirmed).record(nanos, TimeUnit.NANOSECONDS);
    }

    void marked(int rows) {
        marked.increment(rows);
    }

    void marksLost(int marks) {
        marksLost.increment(marks);
    }

    void unnoted(boolean confirm) {
        (confirm ? unnotedConfirmed : unnotedFailed).increment();
    }

    void gate(BooleanSupplier open) {
        Gauge.builder("pedidos.gate", () -> open.getAsBoolean() ? 1 : 0)
                .description("1: new pedidos are noted; 0: they go to the open queue")
                .register(registry);
    }

    void relayed(int confirms, int failures) {
        relayed.increment(confirms);
        relayFailed.increment(failures);
    }

    private Timer acceptance(String outcome) {
        return Timer.builder("pedidos.acceptance")
                .description("Valid pedidos by what accepting came to, from arrival to answer")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Timer publish(String result) {
        return Timer.builder("pedidos.publish")
                .description("Publishing of new pedidos, until the broker's confirm or its failure")
                .tag("result", result)
                .register(registry);
    }

    private Counter unnotedCounter(String result) {
        return Counter.builder("pedidos.unnoted")
                .description("Pedidos published to the open queue instead of being noted")
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
