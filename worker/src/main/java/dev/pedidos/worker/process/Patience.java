package dev.pedidos.worker.process;

import dev.pedidos.shared.broker.DeliveryPaused;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again in place what the database alone failed: same place in line, no attempt used. When the database is away the
 * delivery goes back to its queue, unless its pedido may be marked as begun: who else got it would take this worker for
 * dead. Ends early when the worker stops.
 */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CircuitBreaker database;
    private final Retry whileClosed;
    private final Retry whatever;
    private volatile boolean stopping;

    Patience(CircuitBreaker database) {
        this.database = database;
        this.whileClosed = retry("closed", false);
        this.whatever = retry("whatever", true);
    }

    private Retry retry(String name, boolean evenWhileAway) {
        var retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                        .retryOnException(failure -> !stopping
                                && (failure instanceof CallNotPermittedException
                                        ? evenWhileAway
                                        : FailureKind.of(failure).isTheDatabases()))
                        .build());
        retry.getEventPublisher().onRetry(event -> {
            if (event.getNumberOfRetryAttempts() % 10 == 1) {
                LOG.warn(
                        "the database failed, trying again in place (try {}): {}",
                        event.getNumberOfRetryAttempts(),
                        String.valueOf(event.getLastThrowable()));
            }
        });
        return retry;
    }

    /** True when nothing further is to be begun. */
    boolean isStopping() {
        return stopping;
    }

    /**
     * @param marked the delivery is kept while the database is away
     * @throws DeliveryPaused where the database is away, or the worker stops before it answers
     */
    <T> T untilDatabaseAnswers(boolean marked, Step<T> step) {
        try {
            return (marked ? whatever : whileClosed).executeCallable(() -> database.executeCallable(step::run));
        } catch (Exception e) {
            if (e instanceof CallNotPermittedException || FailureKind.of(e).isTheDatabases()) {
                throw new DeliveryPaused(e);
            }
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }

    void stop() {
        stopping = true;
    }

    /** A step that needs the database. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws SQLException;
    }
}
