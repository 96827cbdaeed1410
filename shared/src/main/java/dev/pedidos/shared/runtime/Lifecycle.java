package dev.pedidos.shared.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly stop of a program: parts stop in the reverse order of their start. SIGTERM and Ctrl-C begin it, after
 * the notice; a failure begins it without. At the deadline the rest is cut off: unacknowledged deliveries are redelivered.
 */
public final class Lifecycle {

    /** Stops one part. */
    @FunctionalInterface
    public interface Stop {
        void run() throws Exception;
    }

    private record Part(String name, Stop stop) {}

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    /** Zero after {@link #endFailedProcess}: a process fails as a whole. */
    private static final CountDownLatch FAILED = new CountDownLatch(1);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration deadline;
    private final Duration notice;
    private volatile boolean leaving;

    /**
     * @param notice time between the signal and the stop; load balancers see {@link #isLeaving} in that time and send
     * work elsewhere
     */
    public Lifecycle(Duration deadline, Duration notice) {
        this.deadline = deadline;
        this.notice = notice;
    }

    /** True from the signal on, before anything stops. */
    public boolean isLeaving() {
        return leaving;
    }

    public synchronized void onStop(String name, Stop stop) {
        parts.push(new Part(name, stop));
    }

    /** Starts a loop, which stops in its turn. */
    public void run(String name, PeriodicTask loop) {
        onStop(name, loop::close);
        loop.start();
    }

    /** Stops the parts when the process receives SIGTERM or SIGINT. */
    public void stopOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopWithinDeadline, "stop"));
    }

    /** Ends a process that cannot go on, with exit code 1. Its parts stop at once: it must not take work during the notice. */
    public static void endFailedProcess() {
        FAILED.countDown();
        System.exit(1);
    }

    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private void stopWithinDeadline() {
        leaving = true;
        giveNotice();
        var watchdog = new Thread(this::haltAtDeadline, "stop-deadline");
        watchdog.setDaemon(true);
        watchdog.start();
        stop();
    }

    private void giveNotice() {
        if (notice.isZero() || FAILED.getCount() == 0) {
            return;
        }
        LOG.info("told to stop: not ready from now on, stopping in {} ms", notice.toMillis());
        try {
            FAILED.await(notice.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public synchronized void stop() {
        leaving = true;
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.stop().run();
            } catch (Exception e) {
                LOG.warn("stopping {} failed, going on with the next part", part.name(), e);
            }
        }
        LOG.info("stopped");
        stopped.countDown();
    }

    private void haltAtDeadline() {
        try {
            if (!stopped.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "not stopped within {} ms: ending now; unacknowledged deliveries are redelivered",
                        deadline.toMillis());
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
