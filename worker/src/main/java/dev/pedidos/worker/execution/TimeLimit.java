package dev.pedidos.worker.execution;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Interrupts work that takes too long. */
public final class TimeLimit {

    /** If an alarm rings this late, the whole process stood still. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(1);

    private final Duration limit;
    private final LongSupplier nanos;
    /** When the alarm thread last became free (nanoTime). Cancelling a statement may block it. Only that thread uses it. */
    private long free = Long.MIN_VALUE;

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("handler-limit").daemon().factory());

    public TimeLimit(Duration limit) {
        this(limit, System::nanoTime);
    }

    /** @param nanos System::nanoTime, or a test's clock */
    TimeLimit(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Ends what the work waits for. An interrupt alone does not end the wait for a statement. */
    @FunctionalInterface
    public interface Cancelling {
        void cancel();
    }

    public <T> T within(Callable<T> work) throws Exception {
        return within(work, () -> {});
    }

    /**
     * Runs the work within the limit. Afterwards the thread's interrupt flag is clear.
     *
     * @param waitedFor is cancelled too, on another thread
     * @throws OverTime the work was interrupted, whatever it returned or threw
     */
    public <T> T within(Callable<T> work, Cancelling waitedFor) throws Exception {
        var watch = new Watch(Thread.currentThread(), waitedFor);
        watch.begin();
        try {
            T result = work.call();
            if (watch.end()) {
                throw new OverTime(limit);
            }
            return result;
        } catch (Exception e) {
            throw watch.end() && !(e instanceof OverTime) ? new OverTime(limit, e) : e;
        } finally {
            // No interrupt comes after this. One that came, or that the work has left behind, would end a later wait.
            watch.end();
            Thread.interrupted();
        }
    }

    /**
     * The thread belongs to the work only until the work ends: a later interrupt would hit other work. If the process stood still, the
     * work is given its time once more.
     */
    private final class Watch {

        private final Thread worker;
        private final Cancelling waitedFor;
        private long due;
        private @Nullable Future<?> alarm;
        private boolean extended;
        private boolean over;
        private boolean interrupted;

        Watch(Thread worker, Cancelling waitedFor) {
            this.worker = worker;
            this.waitedFor = waitedFor;
        }

        synchronized void begin() {
            due = nanos.getAsLong() + limit.toNanos();
            alarm = clock.schedule(this::ring, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void ring() {
            if (!extended && !over && nanos.getAsLong() - Math.max(due, free) > STOOD_STILL.toNanos()) {
                extended = true;
                begin();
            } else if (!over) {
                interrupted = true;
                worker.interrupt();
                waitedFor.cancel();
            }
            free = nanos.getAsLong();
        }

        /** Ends the watch. Returns whether the work was interrupted. */
        synchronized boolean end() {
            over = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            return interrupted;
        }
    }

    /** A handler took longer than its limit. */
    public static final class OverTime extends Exception {

        private static final long serialVersionUID = 1L;

        OverTime(Duration limit) {
            super(RootLocale.format("the handler took longer than %d ms", limit.toMillis()));
        }

        OverTime(Duration limit, Throwable cause) {
            super(RootLocale.format("the handler took longer than %d ms", limit.toMillis()), cause);
        }
    }
}
