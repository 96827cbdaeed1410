package dev.pedidos.shared.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that runs a step again and again until it is stopped. The step says how long to pause before the next one. A step
 * that fails is reported and never ends the loop.
 */
public final class PeriodicTask implements AutoCloseable {

    /** A piece of work. */
    @FunctionalInterface
    public interface Step {
        /** Returns the pause before the next step; zero where there is more to do now. */
        Duration run() throws Exception;
    }

    /** How the pauses are waited out: by the clock, or as a test wants it. */
    @FunctionalInterface
    interface Waiter {
        /** Returns early when the latch is down. */
        void await(CountDownLatch stopping, Duration pause) throws InterruptedException;
    }

    /**
     * When it runs and how it stops.
     *
     * @param afterFailure the pause after a step that failed
     * @param grace how long a step may go on after a stop; then it is interrupted
     * @param restPerWork the shortest pause as a multiple of the step's time, at most one minute. It holds after a step that failed or
     *     found no more work
     */
    public record Timing(Duration afterFailure, Duration grace, int restPerWork) {

        public Timing(Duration afterFailure, Duration grace) {
            this(afterFailure, grace, 0);
        }

        /** For steps that are to finish when the task is stopped. */
        public static Timing finishedAtStop(Duration afterFailure) {
            return new Timing(afterFailure, GRACE);
        }

        /** For steps that wait long and lose nothing when they are interrupted. */
        public static Timing interruptedAtStop(Duration afterFailure) {
            return new Timing(afterFailure, Duration.ZERO);
        }

        /**
         * For a step whose query is slow while an old snapshot is open, because it reads dead index entries. The rest
         * keeps it from using a whole core of the database.
         */
        public Timing resting(int perWork) {
            return new Timing(afterFailure, grace, perWork);
        }
    }

    private static final Duration GRACE = Duration.ofSeconds(5);
    /** A step that does not react to its interrupt is left behind. */
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);
    /** A step that hung with its database for a while says nothing of the next one. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Step step;
    private final Timing timing;
    private final Consumer<Throwable> onFailure;
    private final Waiter waiter;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of its thread
     * @param onFailure is told of each step that failed; it must say so in the log
     */
    public PeriodicTask(String name, Timing timing, Step step, Consumer<Throwable> onFailure) {
        this(name, timing, step, onFailure, (stopping, pause) -> stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    PeriodicTask(String name, Timing timing, Step step, Consumer<Throwable> onFailure, Waiter waiter) {
        this.step = step;
        this.timing = timing;
        this.onFailure = onFailure;
        this.waiter = waiter;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** The first step runs at once. */
    public void start() {
        thread.start();
    }

    /** For long steps: true from the moment that the task is told to stop. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        while (!isStopping()) {
            pause(runStep());
        }
    }

    private Duration runStep() {
        long began = System.nanoTime();
        try {
            Duration pause = step.run();
            return pause.isZero() ? pause : atLeastTheRest(pause, began);
        } catch (Throwable failure) {
            // An Error too: a program that goes on without one of its loops is worse than one that says so.
            if (!isStopping()) {
                onFailure.accept(failure);
            }
            return atLeastTheRest(timing.afterFailure(), began);
        }
    }

    private Duration atLeastTheRest(Duration pause, long began) {
        Duration rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(timing.restPerWork());
        return Collections.max(List.of(pause, Collections.min(List.of(rest, LONGEST_REST))));
    }

    private void pause(Duration pause) {
        try {
            waiter.await(stopping, pause);
        } catch (InterruptedException e) {
            // Only a stop ends the loop, and a stop is seen without this.
            return;
        }
    }

    /** No step begins any more. Does not wait for the one that is running. */
    public void stop() {
        stopping.countDown();
    }

    /** Waits for the running step within the grace, then interrupts it. Returns in bounded time. */
    @Override
    public void close() throws InterruptedException {
        stop();
        boolean neverStarted = thread.getState() == Thread.State.NEW;
        if (!neverStarted && !thread.join(timing.grace())) {
            thread.interrupt();
            thread.join(AFTER_INTERRUPT);
        }
    }
}
