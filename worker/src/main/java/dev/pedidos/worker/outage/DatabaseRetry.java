package dev.pedidos.worker.outage;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.IntervalFunction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Tries again in place what failed only because of the database: the pedido keeps its place, no attempt is used, and the
 * broker counts no delivery. A step that keeps failing while the database can be used is given up, so that the other receivers of its
 * shard do not wait. While the shards are paused the delivery goes back to its queue, unless its pedido may carry
 * this worker's begin mark: the next worker would take this one for dead. Ends early when the worker stops.
 */
public final class DatabaseRetry {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** For faults that waiting does not seem to cure. */
    private static final int MOST_TRIES = 5;

    private final DatabaseBreaker database;
    private final LedgerFaultLog faults = new LedgerFaultLog(LoggerFactory.getLogger(DatabaseRetry.class));
    private final IntervalFunction pauses =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE);
    private final CountDownLatch stopping = new CountDownLatch(1);

    public DatabaseRetry(DatabaseBreaker database) {
        this.database = database;
    }

    /** True if no further work may begin. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /**
     * @throws DeliveryPaused the shards are paused, or the worker stops before the database answers
     * @throws StepGivenUp the database can be used and the step fails all the same, or something else is wrong
     */
    public <T> T untilDatabaseAnswers(Step<T> step) {
        int failures = 0;
        for (int tries = 1; ; tries++) {
            try {
                return database.breaker().executeCallable(step::run);
            } catch (CallNotPermittedException e) {
                if (database.isPaused() && !step.mayHaveMarked()) {
                    throw new DeliveryPaused(e);
                }
                pause(tries, step, e);
            } catch (Exception e) {
                failures++;
                if (failures >= LedgerFault.kindOf(e).map(this::mostTries).orElse(1)) {
                    giveUp(step);
                    throw new StepGivenUp(e);
                }
                faults.warn(
                        "the database failed while a pedido was handled: it is tried again, the message is kept, no attempt is used",
                        e);
                pause(tries, step, e);
            }
        }
    }

    /** Tries once. Empty: the step failed or the database is paused, and nothing is known of the step. */
    public <T> Optional<T> once(Step<T> step) {
        try {
            return Optional.of(database.breaker().executeCallable(step::run));
        } catch (CallNotPermittedException e) {
            return Optional.empty();
        } catch (Exception e) {
            faults.warn("the transaction of a lot failed: each of its pedidos is decided by itself", e);
            return Optional.empty();
        }
    }

    private int mostTries(LedgerFault.Kind kind) {
        return switch (kind) {
            case LOGIN, CANCELLED, CONFIGURATION -> Integer.MAX_VALUE;
            case OUTAGE, CONTENTION -> database.isUsable() ? MOST_TRIES : Integer.MAX_VALUE;
            case CONTENT -> 1;
            case OTHER -> MOST_TRIES;
        };
    }

    private void pause(int tries, Step<?> step, Exception cause) {
        try {
            if (stopping.await(pauses.apply(Math.min(tries, MOST_TRIES * 2)), TimeUnit.MILLISECONDS)) {
                giveUp(step);
                throw new DeliveryPaused(cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryPaused(e);
        }
    }

    private void giveUp(Step<?> step) {
        if (database.isPaused()) {
            return;
        }
        try {
            step.giveUp();
        } catch (RuntimeException e) {
            faults.warn("a begin mark could not be taken back: its pedido may use an attempt", e);
        }
    }

    public void stop() {
        stopping.countDown();
    }

    /** A step that needs the database. It can be run again: it starts over. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws SQLException;

        /** Whether a run may have left this worker's begin mark at a pedido. */
        default boolean mayHaveMarked() {
            return false;
        }

        /**
         * Called when the step is not run again. It removes the begin mark; otherwise the attempt would count as failed when this
         * worker ends.
         */
        default void giveUp() {}
    }
}
