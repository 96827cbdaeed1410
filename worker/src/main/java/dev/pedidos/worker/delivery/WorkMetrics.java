package dev.pedidos.worker.delivery;

import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.ParkedHead;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts endings and times turns. */
public final class WorkMetrics {

    private static final String NO_REASON = "";

    private final MeterRegistry registry;
    private final Counter finished;
    private final Counter retrying;
    private final Counter waiting;
    private final Counter dead;
    private final Counter setAside;
    private final Counter handedOn;
    private final Counter unknown;
    private final Counter unreadable;
    private final Map<Reason, Counter> skipped = new EnumMap<>(Reason.class);
    private final Timer turns;
    private final DistributionSummary lots;

    public WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        finished = counter("finished", NO_REASON);
        retrying = counter("retrying", NO_REASON);
        waiting = counter("waiting", NO_REASON);
        dead = counter("dead", NO_REASON);
        setAside = counter("not-now", NO_REASON);
        handedOn = counter("handed-on", NO_REASON);
        unknown = counter("unknown", NO_REASON);
        unreadable = counter("unreadable", NO_REASON);
        for (var reason : Reason.values()) {
            skipped.put(reason, counter("passed", reason.label()));
        }
        turns = Timer.builder("pedidos_turn")
                .description("From the wait for the receiver's lock to the commit")
                .publishPercentileHistogram()
                .register(registry);
        lots = DistributionSummary.builder("pedidos_lot")
                .description("Pedidos that were finished in one transaction")
                .register(registry);
    }

    void watch(HandlerPermits permits) {
        Gauge.builder("pedidos.waiting.handlers", permits, HandlerPermits::taken)
                .description("Pedidos that are worked on beside the shards, because their handlers wait")
                .register(registry);
    }

    double finished() {
        return finished.count();
    }

    Ending timed(Supplier<Ending> turn) {
        long start = System.nanoTime();
        var ending = turn.get();
        record(start);
        return ending;
    }

    /** A look that finds nothing is no turn. */
    ParkedHead timedIfHandled(Supplier<ParkedHead> turn) {
        long start = System.nanoTime();
        var head = turn.get();
        if (head instanceof ParkedHead.Handled) {
            record(start);
        }
        return head;
    }

    /** A lot that finishes nothing is no turn. */
    LotResult timedLot(Supplier<LotResult> lot) {
        long start = System.nanoTime();
        var result = lot.get();
        if (result instanceof LotResult.TookEffect(var members)) {
            record(start);
            lot(members.size());
        }
        return result;
    }

    /** Pedidos have been finished in one transaction. */
    public void lot(int size) {
        lots.record(size);
    }

    private void record(long start) {
        turns.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    void count(Ending ending) {
        counterOf(ending).increment();
    }

    private Counter counterOf(Ending ending) {
        return switch (ending) {
            case Ending.Finished end -> finished;
            case Ending.Skipped(var reason) -> counterOf(reason);
            case Ending.Retrying end -> retrying;
            case Ending.Waiting end -> waiting;
            case Ending.Dead end -> dead;
            case Ending.SetAside end -> setAside;
            case Ending.HandedOn end -> handedOn;
            case Ending.Unknown end -> unknown;
            case Ending.Unreadable end -> unreadable;
        };
    }

    private Counter counterOf(Reason reason) {
        return Objects.requireNonNull(skipped.get(reason));
    }

    private Counter counter(String ending, String reason) {
        return Counter.builder("pedidos_endings")
                .description("Endings of deliveries and of the parked pedidos behind them")
                .tag("ending", ending)
                .tag("reason", reason)
                .register(registry);
    }
}
