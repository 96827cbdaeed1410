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
    private final Timer insertTime;
    private final DistributionSummary batchSize;
    private final Counter confirmedByBroker;
    private final Counter failedByBroker;

    public AcceptanceMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted = acceptance("accepted");
        replayed = acceptance("replayed");
        conflicting = acceptance("conflict");
        unavailable = acceptance("unavailable");
        refused = acceptance("refused");
        overloaded = acceptance("overloaded");
        insertTime = Timer.builder("pedidos.note")
                .description("Time of inserting a batch")
                .register(registry);
        batchSize = DistributionSummary.builder("pedidos.note.batch")
                .description("Pedidos inserted with one commit")
                .register(registry);
        confirmedByBroker = byBroker("confirmed");
        failedByBroker = byBroker("failed");
    }

    void inFlight(Supplier<Number> count) {
        Gauge.builder("pedidos.accepting", count)
                .description("Pedidos between their arrival and their answer")
                .register(registry);
    }

    void waiting(Supplier<Number> count) {
        Gauge.builder("pedidos.note.waiting", count)
                .description("Pedidos waiting to be inserted")
                .register(registry);
    }

    void answered(Acceptance acceptance, long arrivedNanos) {
        Timer timer = switch (acceptance) {
            case Acceptance.Accepted() -> accepted;
            case Acceptance.Replayed known -> replayed;
            case Acceptance.Conflicting() -> conflicting;
            case Acceptance.BothStoresDown() -> unavailable;
            case Acceptance.Unavailable() -> unavailable;
            case Acceptance.Refused() -> refused;
            case Acceptance.Overloaded() -> overloaded;
        };
        timer.record(System.nanoTime() - arrivedNanos, TimeUnit.NANOSECONDS);
    }

    void inserted(int size, long nanos) {
        batchSize.record(size);
        insertTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    void confirmedByBroker() {
        confirmedByBroker.increment();
    }

    void failedByBroker() {
        failedByBroker.increment();
    }

    void gate(BooleanSupplier normal) {
        Gauge.builder("pedidos.gate", () -> normal.getAsBoolean() ? 1 : 0)
                .description("1: new pedidos are inserted; 0: they go to the open queue")
                .register(registry);
    }

    private Timer acceptance(String outcome) {
        return Timer.builder("pedidos.acceptance")
                .description("Valid pedidos by the result of accepting them, from arrival to answer")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter byBroker(String result) {
        return Counter.builder("pedidos.unnoted")
                .description("Pedidos published to the open queue instead of being inserted")
                .tag("result", result)
                .register(registry);
    }
}
