package dev.pedidos.api.asking;

import dev.pedidos.api.http.Body;
import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Prefer;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request wait for an end, as its header {@code Prefer: wait=n} asks. One thread looks for all: it asks the
 * database about many ids at once, and only while somebody waits. No request holds a thread or a connection.
 */
public final class FinalWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FinalWait.class);
    private static final FaultLog FAULTS = new FaultLog(LOG);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    static final int MOST_AT_ONCE = 200;

    private final BooleanSupplier ledgerUp;
    private final Executor answering;
    private final int most;
    private final Semaphore room;
    private final Semaphore somebody = new Semaphore(0);
    private final Queue<Waiter> arrived = new ConcurrentLinkedQueue<>();
    /** Only its thread uses it. */
    private final List<Waiter> waiting = new ArrayList<>();

    private final PeriodicTask task = new PeriodicTask(
            "final-wait",
            Timing.interruptedAtStop(AFTER_FAILURE),
            this::look,
            FAULTS.warning(
                    "ends cannot be read: waiting clients get their usual answer when their time is over; tried again"));
    private volatile boolean closed;

    /**
     * @param most requests that may wait; others are answered at once
     * @param answering writes answers
     */
    public FinalWait(BooleanSupplier ledgerUp, int most, Executor answering, MeterRegistry metrics) {
        this.ledgerUp = ledgerUp;
        this.answering = answering;
        this.most = most;
        room = new Semaphore(most);
        Gauge.builder("pedidos_waiting_for_end", this::size).register(metrics);
    }

    public void start() {
        task.start();
    }

    /** Requests that wait now. */
    int size() {
        return most - room.availablePermits();
    }

    /**
     * Answers 200 with what GET answers once this id has ended, if the request prefers to wait and that happens in its
     * time. Else the usual answer is written.
     */
    CompletableFuture<Void> answer(Context ctx, Ends ends, String id, Supplier<CompletableFuture<Void>> usual) {
        Optional<Duration> patience = patience(ctx);
        if (patience.isEmpty() || !room.tryAcquire()) {
            return usual.get();
        }
        Exchange.waits(ctx);
        return await(ends, id, patience.get())
                .thenComposeAsync(
                        answer -> {
                            room.release();
                            return answer.map(body -> ended(ctx, body)).orElseGet(usual);
                        },
                        answering);
    }

    static boolean isPreferred(Context ctx) {
        return patience(ctx).isPresent();
    }

    private static Optional<Duration> patience(Context ctx) {
        return Prefer.waiting(Exchange.headers(ctx, "Prefer"));
    }

    private CompletableFuture<Optional<Body>> await(Ends ends, String id, Duration patience) {
        var waiter = new Waiter(ends, id, System.nanoTime());
        arrived.add(waiter);
        somebody.release();
        if (closed) {
            waiter.giveUp();
        }
        return waiter.result().completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletableFuture<Void> ended(Context ctx, Body body) {
        ctx.header("Preference-Applied", "wait");
        Exchange.json(ctx, 200, body);
        return CompletableFuture.completedFuture(null);
    }

    private Duration look() throws Exception {
        if (waiting.isEmpty()) {
            somebody.acquire();
        }
        somebody.drainPermits();
        for (Waiter next = arrived.poll(); next != null; next = arrived.poll()) {
            waiting.add(next);
        }
        waiting.removeIf(waiter -> waiter.result().isDone());
        if (ledgerUp.getAsBoolean()) {
            long now = System.nanoTime();
            List<Waiter> due =
                    waiting.stream().filter(waiter -> waiter.isDue(now)).toList();
            due.forEach(waiter -> waiter.lookedAt(now));
            var byKind = due.stream().collect(Collectors.groupingBy(Waiter::ends));
            for (var kind : byKind.entrySet()) {
                for (int from = 0; from < kind.getValue().size(); from += MOST_AT_ONCE) {
                    int to = Math.min(from + MOST_AT_ONCE, kind.getValue().size());
                    answerEnded(kind.getKey(), kind.getValue().subList(from, to));
                }
            }
        }
        return PAUSE;
    }

    private static void answerEnded(Ends ends, Collection<Waiter> due) throws Exception {
        var ended = ends.reached().among(due.stream().map(Waiter::id).collect(Collectors.toSet()));
        for (Waiter waiter : due) {
            if (ended.contains(waiter.id()) && !waiter.result().isDone()) {
                try {
                    waiter.end(ends.answer().read(waiter.id()));
                } catch (ProblemException noMemory) {
                    waiter.giveUp();
                }
            }
        }
    }

    /** All that wait are answered at once. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        task.close();
        arrived.forEach(Waiter::giveUp);
        waiting.forEach(Waiter::giveUp);
    }
}
