package dev.pedidos.worker.execution;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts work that takes too long. */
public final class TimeLimit {

    private final Duration limit;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("handler-limit").daemon().factory());

    public TimeLimit(Duration limit) {
        this.limit = limit;
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
     * Afterwards the thread is not interrupted.
     *
     * @param waitedFor is cancelled too, on another thread
     * @throws OverTime the work was interrupted, whatever it returned or threw
     */
    public <T> T within(Callable<T> work, Cancelling waitedFor) throws Exception {
        var watch = new Watch(Thread.currentThread(), waitedFor);
        var alarm = clock.schedule(watch::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            T result = work.call();
            if (watch.ended()) {
                throw new OverTime(limit);
            }
            return result;
        } catch (Exception e) {
            throw watch.ended() && !(e instanceof OverTime) ? new OverTime(limit, e) : e;
        } finally {
            alarm.cancel(false);
            // No interrupt comes after this. One that came, or that the work has left behind, would end a later wait.
            watch.ended();
            Thread.interrupted();
        }
    }

    /** The thread belongs to the work only until the work ends: a later interrupt would hit other work. */
    private static final class Watch {

        private final Thread worker;
        private final Cancelling waitedFor;
        private boolean over;
        private boolean interrupted;

        Watch(Thread worker, Cancelling waitedFor) {
            this.worker = worker;
            this.waitedFor = waitedFor;
        }

        synchronized void interrupt() {
            if (!over) {
                interrupted = true;
                worker.interrupt();
                waitedFor.cancel();
            }
        }

        /** Ends the watch. Returns whether the work was interrupted. */
        synchronized boolean ended() {
            over = true;
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
