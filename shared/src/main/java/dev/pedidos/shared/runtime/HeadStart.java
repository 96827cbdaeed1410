package dev.pedidos.shared.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work that is done in the background before its result is asked for. The result is used once. */
public final class HeadStart<T> {

    private final AtomicReference<@Nullable FutureTask<T>> task;

    public HeadStart(String threadName, Callable<T> work) {
        var running = new FutureTask<>(work);
        task = new AtomicReference<>(running);
        Thread.ofPlatform().name(threadName).daemon().start(running);
    }

    /** Empty if it was taken before. */
    public Optional<FutureTask<T>> take() {
        return Optional.ofNullable(task.getAndSet(null));
    }

    /** False if the work still goes on after this time. It may have failed: whoever takes it is told. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        var running = task.get();
        try {
            if (running != null) {
                running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException thrownToItsTaker) {
            return true;
        }
    }
}
