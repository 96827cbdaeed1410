package dev.pedidos.api.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of both intakes from queues. docs/signals.md says what each means. */
public final class IntakeMetrics {
    private final Counter noted;
    private final Counter known;
    private final Counter conflict;
    private final Counter redriven;
    private final Counter refused;
    private final Counter foreign;
    private final Counter returnedDead;
    private final Counter returnedPassed;
    private final Counter returnedRefused;
    private final AtomicInteger waiting = new AtomicInteger();

    public IntakeMetrics(MeterRegistry registry) {
        noted = intake(registry, "noted");
        known = intake(registry, "known");
        conflict = intake(registry, "conflict");
        redriven = intake(registry, "redriven");
        refused = intake(registry, "refused");
        foreign = Counter.builder("pedidos.alheios")
                .description("Messages of other ledgers that were set aside")
                .register(registry);
        returnedDead = returned(registry, "dead");
        returnedPassed = returned(registry, "passed");
        returnedRefused = returned(registry, "refused");
        Gauge.builder("pedidos.intake.waiting", waiting::get)
                .description("Messages in the open queue, as last seen by this program")
                .register(registry);
    }

    void waiting(int messages) {
        waiting.set(messages);
    }

    void noted() {
        noted.increment();
    }

    void known() {
        known.increment();
    }

    void conflict() {
        conflict.increment();
    }

    void redriven() {
        redriven.increment();
    }

    void refused() {
        refused.increment();
    }

    void foreign() {
        foreign.increment();
    }

    void returnedDead() {
        returnedDead.increment();
    }

    void returnedPassed() {
        returnedPassed.increment();
    }

    void returnedRefused() {
        returnedRefused.increment();
    }

    private static Counter intake(MeterRegistry registry, String result) {
        return Counter.builder("pedidos.intake")
                .description("Messages taken from the open queue")
                .tag("result", result)
                .register(registry);
    }

    private static Counter returned(MeterRegistry registry, String result) {
        return Counter.builder("pedidos.recusados")
                .description("Messages taken from the queue of what workers and broker refuse")
                .tag("result", result)
                .register(registry);
    }
}
