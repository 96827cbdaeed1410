package dev.pedidos.worker.delivery;

import dev.pedidos.worker.settle.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts endings and times turns. */
final class WorkMetrics {

    private final Counter finished;
    private final Counter passed;
    private final Counter retrying;
    private final Counter dead;
    private final Counter unknown;
    private final Counter notNow;
    private final Timer turns;

    WorkMetrics(MeterRegistry registry) {
        finished = counter(registry, "finished");
        passed = counter(registry, "passed");
        retrying = counter(registry, "retrying");
        dead = counter(registry, "dead");
        unknown = counter(registry, "unknown");
        notNow = counter(registry, "not-now");
        turns = Timer.builder("pedidos_turn")
                .description("From the wait for the receiver's lock to the commit")
                .publishPercentileHistogram()
                .register(registry);
    }

    double finished() {
        return finished.count();
    }

    Ending timed(Supplier<Ending> turn) {
        long start = System.nanoTime();
        var ending = turn.get();
        count(ending, start);
        return ending;
    }

    Optional<Ending> timedIfAny(Supplier<Optional<Ending>> turn) {
        long start = System.nanoTime();
        var ending = turn.get();
        ending.ifPresent(some -> count(some, start));
        return ending;
    }

    private void count(Ending ending, long start) {
        turns.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        var counter = switch (ending) {
            case Ending.Finished end -> finished;
            case Ending.Passed end -> passed;
            case Ending.Retrying end -> retrying;
            case Ending.Dead end -> dead;
            case Ending.Unknown end -> unknown;
            case Ending.NotNow end -> notNow;
        };
        counter.increment();
    }

    private static Counter counter(MeterRegistry registry, String ending) {
        return Counter.builder("pedidos_endings")
                .description("Turns by how they ended")
                .tag("ending", ending)
                .register(registry);
    }
}
