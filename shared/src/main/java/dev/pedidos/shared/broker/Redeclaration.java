package dev.pedidos.shared.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Has a topology declared again when a queue or a binding turns out to be missing. At most once a minute: this program may not be able
 * to declare what is missing.
 */
public final class Redeclaration {

    private static final Duration REST = Duration.ofMinutes(1);

    private final Runnable declare;
    private final Consumer<Runnable> starter;
    private final LongSupplier nanos;
    private Future<?> last = CompletableFuture.completedFuture(null);
    private long startedAt;

    /** @param declare says in the log how it went */
    public Redeclaration(Runnable declare) {
        this(declare, work -> Thread.ofPlatform().name("declare-again").daemon().start(work), System::nanoTime);
    }

    /**
     * @param starter starts a thread
     * @param nanos System::nanoTime, or the clock of a test
     */
    Redeclaration(Runnable declare, Consumer<Runnable> starter, LongSupplier nanos) {
        this.declare = declare;
        this.starter = starter;
        this.nanos = nanos;
        startedAt = nanos.getAsLong() - REST.toNanos();
    }

    /** Something is missing. Does not wait. */
    public synchronized void request() {
        long now = nanos.getAsLong();
        if (last.isDone() && now - startedAt >= REST.toNanos()) {
            var next = new FutureTask<>(declare, null);
            starter.accept(next);
            last = next;
            startedAt = now;
        }
    }
}
