package dev.pedidos.shared.start;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question to a database that may be frozen, for a caller that must go on. The question itself may wait for as long as its socket
 * does. Callers that come meanwhile share it, so there is never more than one.
 */
final class TimedQuestion {

    private final Runnable question;
    private final Duration patience;
    private final Consumer<Runnable> starter;
    private @Nullable FutureTask<?> going;

    /** @param name of its thread */
    TimedQuestion(String name, Runnable question, Duration patience) {
        this(question, patience, work -> Thread.ofPlatform().name(name).daemon().start(work));
    }

    /** @param starter starts a thread that runs the question; fails if there cannot be one more */
    TimedQuestion(Runnable question, Duration patience, Consumer<Runnable> starter) {
        this.question = question;
        this.patience = patience;
        this.starter = starter;
    }

    /**
     * False if the answer did not come in time, or the caller was interrupted.
     *
     * @throws IllegalStateException the question failed; the cause says how
     */
    boolean endsInTime() {
        try {
            shared().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized FutureTask<?> shared() {
        var current = going;
        if (current == null || current.isDone()) {
            current = new FutureTask<>(question, null);
            starter.accept(current);
            going = current;
        }
        return current;
    }
}
