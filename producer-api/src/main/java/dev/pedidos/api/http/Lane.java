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
 * What one kind of request asks of the database, on threads of its own: as many as it has connections. What waits for them
 * is bounded in number and in time, then it is answered 503. No other kind and no HTTP thread waits with it.
 */
public final class Lane implements AutoCloseable {

    /** Writes the answer. */
    @FunctionalInterface
    public interface Answer<T> {
        void write(T result) throws Exception;
    }

    private final ThreadPoolExecutor threads;
    private final Duration patience;
    private final Executor answering;

    /**
     * @param connections how many requests ask at once
     * @param mostWaiting how many more may wait for their turn
     * @param patience with one request, its wait included; then it is answered 503
     * @param answering runs what writes answers: these threads must never wait for a client
     */
    public Lane(String name, int connections, int mostWaiting, Duration patience, Executor answering) {
        threads = new ThreadPoolExecutor(
                connections,
                connections,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().name("lane-" + name + "-", 0).daemon().factory());
        this.patience = patience;
        this.answering = answering;
    }

    /** Answers later; the calling thread is free at once. What the work throws becomes a problem as in any handler. */
    public <T> void answer(Context ctx, Callable<T> work, Answer<T> answer) {
        CompletableFuture<T> result = begin(work);
        ctx.future(() -> result.handleAsync((value, failure) -> write(value, failure, answer), answering));
    }

    private <T> CompletableFuture<T> begin(Callable<T> work) {
        var result = new CompletableFuture<T>();
        try {
            threads.execute(() -> run(work, result));
        } catch (RejectedExecutionException e) {
            throw new ProblemException(Problem.overloaded());
        }
        return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> void run(Callable<T> work, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        try {
            T value = work.call();
            // Too late for its client: nobody else gives back the memory that it holds.
            if (!result.complete(value) && value instanceof Body body) {
                body.close();
            }
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> @Nullable Void write(T value, @Nullable Throwable failure, Answer<T> answer) {
        if (failure instanceof TimeoutException) {
            throw new ProblemException(Problem.unavailable(
                    "The database did not answer in time. If this was to change something, whether it did is unknown;"
                            + " look, or send it again."));
        }
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
