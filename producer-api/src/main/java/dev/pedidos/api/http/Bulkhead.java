package dev.pedidos.api.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the database work of one kind of request, on as many threads as it has connections. Its queue is bounded in
 * number and in time; a request beyond that is answered 503. No other kind of request and no HTTP thread waits with
 * it.
 */
public final class Bulkhead implements AutoCloseable {

    /** Writes the answer. */
    @FunctionalInterface
    public interface Answer<T> {
        void write(T result) throws Exception;
    }

    private final ThreadPoolExecutor threads;
    private final Duration patience;
    private final Executor answering;

    /**
     * @param connections requests that are worked on at once
     * @param mostWaiting further requests that may wait
     * @param patience time for one request, its wait included; then it is answered 503
     * @param answering runs the writing of answers: the bulkhead's own threads must never wait for a client
     */
    public Bulkhead(String name, int connections, int mostWaiting, Duration patience, Executor answering) {
        threads = new ThreadPoolExecutor(
                connections,
                connections,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform()
                        .name("http-bulkhead-" + name + "-", 0)
                        .daemon()
                        .factory());
        this.patience = patience;
        this.answering = answering;
    }

    /**
     * Answers later; the calling thread is free at once. An exception of the work becomes a problem as in any handler.
     */
    public <T> void answer(Context ctx, Callable<T> work, Answer<T> answer) {
        CompletableFuture<Void> answered = answered(work, answer);
        ctx.future(() -> answered);
    }

    /** As {@link #answer}, for a request whose answer already waited for something else. */
    public <T> CompletableFuture<Void> answered(Callable<T> work, Answer<T> answer) {
        return run(work).handleAsync((value, failure) -> write(value, failure, answer), answering);
    }

    /**
     * For requests that go on after this work. Goes on with the thread of the bulkhead: use an executor.
     *
     * @return fails with a 503 after the bulkhead's patience
     * @throws ProblemException 503: too many wait
     */
    public <T> CompletableFuture<T> run(Callable<T> work) {
        var result = new CompletableFuture<T>();
        try {
            threads.execute(() -> complete(work, result));
        } catch (RejectedExecutionException e) {
            throw new ProblemException(Problem.overloaded());
        }
        var inTime = new CompletableFuture<T>();
        result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((value, failure) -> {
            if (failure == null) {
                inTime.complete(value);
            } else {
                inTime.completeExceptionally(failure instanceof TimeoutException ? tooLate() : failure);
            }
        });
        return inTime;
    }

    private static ProblemException tooLate() {
        return new ProblemException(Problem.unavailable("The database did not answer in time. If the request changes"
                + " something, it is unknown whether it did: look, or send it again."));
    }

    private static <T> void complete(Callable<T> work, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        try {
            T value = work.call();
            // Too late for its client: free the memory that the answer holds.
            if (!result.complete(value) && value instanceof AnswerBody body) {
                body.close();
            }
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> @Nullable Void write(T value, @Nullable Throwable failure, Answer<T> answer) {
        try {
            if (failure != null) {
                throw failure;
            }
            answer.write(value);
            return null;
        } catch (Throwable e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
