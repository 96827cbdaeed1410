package dev.pedidos.api.prefer;

import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Prefer;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
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
 * Lets a request wait until a pedido or operation is final, as {@code Prefer: wait=n} asks. One thread polls for all:
 * it asks the database about many ids at once, and only while somebody waits. No request holds a thread or a
 * connection.
 */
public final class FinalStatePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FinalStatePoller.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    static final int MOST_AT_ONCE = 200;

    private final BooleanSupplier ledgerUp;
    private final Executor answering;
    private final int most;
    private final Semaphore room;
    private final Semaphore somebody = new Semaphore(0);
    private final Queue<WaitingRequest> arrived = new ConcurrentLinkedQueue<>();
    /** Only its thread uses it. */
    private final List<WaitingRequest> waiting = new ArrayList<>();

    private final PeriodicTask task = new PeriodicTask(
            "end-poller",
            Timing.interruptedAtStop(AFTER_FAILURE),
            this::poll,
            FAULTS.warning(
                    "the final states that requests wait for cannot be read: these clients get the usual answer when their wait"
                            + " is over; tried again"));
    private volatile boolean closed;

    /**
     * @param most requests that may wait; others are answered at once
     * @param answering writes answers
     */
    public FinalStatePoller(BooleanSupplier ledgerUp, int most, Executor answering, MeterRegistry metrics) {
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
     * Answers 200 with the answer of GET once this id has ended, if the request prefers to wait and that happens in its
     * time. Else the usual answer is written.
     */
    CompletableFuture<Void> answerOr(
            Context ctx, Awaitable awaitable, String id, Supplier<CompletableFuture<Void>> usual) {
        Optional<Duration> patience = patience(ctx);
        if (patience.isEmpty() || !room.tryAcquire()) {
            return usual.get();
        }
        HttpExchange.releaseAllButAnswer(ctx);
        return await(awaitable, id, patience.get())
                .thenComposeAsync(
                        answer -> {
                            room.release();
                            return answer.map(body -> writeEnd(ctx, body)).orElseGet(usual);
                        },
                        answering);
    }

    static boolean isPreferred(Context ctx) {
        return patience(ctx).isPresent();
    }

    private static Optional<Duration> patience(Context ctx) {
        return Prefer.waiting(HttpExchange.headers(ctx, "Prefer"));
    }

    private CompletableFuture<Optional<AnswerBody>> await(Awaitable awaitable, String id, Duration patience) {
        var request = new WaitingRequest(awaitable, id, System.nanoTime());
        arrived.add(request);
        somebody.release();
        if (closed) {
            request.giveUp();
        }
        return request.result().completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletableFuture<Void> writeEnd(Context ctx, AnswerBody body) {
        ctx.header("Preference-Applied", "wait");
        HttpExchange.json(ctx, 200, body);
        return CompletableFuture.completedFuture(null);
    }

    private Duration poll() throws Exception {
        if (waiting.isEmpty()) {
            somebody.acquire();
        }
        somebody.drainPermits();
        for (WaitingRequest next = arrived.poll(); next != null; next = arrived.poll()) {
            waiting.add(next);
        }
        waiting.removeIf(request -> request.result().isDone());
        if (ledgerUp.getAsBoolean()) {
            pollDue(System.nanoTime());
        }
        return PAUSE;
    }

    private void pollDue(long nowNanos) throws Exception {
        List<WaitingRequest> due =
                waiting.stream().filter(request -> request.isDue(nowNanos)).toList();
        due.forEach(request -> request.lookedAt(nowNanos));
        var byKind = due.stream().collect(Collectors.groupingBy(WaitingRequest::awaitable));
        for (var kind : byKind.entrySet()) {
            pollInParts(kind.getKey(), kind.getValue());
        }
    }

    private static void pollInParts(Awaitable awaitable, List<WaitingRequest> due) throws Exception {
        for (int from = 0; from < due.size(); from += MOST_AT_ONCE) {
            answerEnded(awaitable, due.subList(from, Math.min(from + MOST_AT_ONCE, due.size())));
        }
    }

    private static void answerEnded(Awaitable awaitable, List<WaitingRequest> due) throws Exception {
        var ended = awaitable.ended().among(due.stream().map(WaitingRequest::id).collect(Collectors.toSet()));
        for (WaitingRequest request : due) {
            if (ended.contains(request.id()) && !request.result().isDone()) {
                try {
                    request.answer(awaitable.getAnswer().read(request.id()));
                } catch (ProblemException noMemory) {
                    request.giveUp();
                }
            }
        }
    }

    /** All that wait are answered at once. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        task.close();
        arrived.forEach(WaitingRequest::giveUp);
        waiting.forEach(WaitingRequest::giveUp);
    }
}
