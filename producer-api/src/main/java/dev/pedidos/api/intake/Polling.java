package dev.pedidos.api.intake;

import dev.pedidos.shared.ledger.FaultLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A thread that looks whether there is something to do: at once while there is, else after a pause. */
public final class Polling implements AutoCloseable {
    /** A piece of work. */
    @FunctionalInterface
    public interface Step {
        /** @return whether there may be more at once */
        boolean run() throws Exception;
    }

    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Polling.class));
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String what;
    private final Step step;
    private final Duration pause;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    public Polling(String what, Step step, Duration pause) {
        this.what = what;
        this.step = step;
        this.pause = pause;
        this.thread = Thread.ofPlatform().name(what).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration next() throws InterruptedException {
        try {
            return step.run() ? Duration.ZERO : pause;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            FAULTS.warn(
                    what + " failed, going on in " + AFTER_FAILURE.toMillis() + " ms; what it had in hand comes again",
                    e);
            return AFTER_FAILURE;
        }
    }

    /** Lets the step in hand come to its end. */
    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }
}
