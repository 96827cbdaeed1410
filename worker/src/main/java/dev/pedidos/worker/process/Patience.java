package dev.pedidos.worker.process;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits out an outage of the database with the delivery in hand: same place in line, no attempt used. Ends early when the
 * worker stops.
 */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Retry retry;
    private volatile boolean stopping;

    Patience() {
        retry = Retry.of(
                "database",
                RetryConfig.custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE))
                        .retryOnException(failure -> !stopping && isOutage(failure))
                        .build());
        retry.getEventPublisher().onRetry(event -> {
            if (event.getNumberOfRetryAttempts() % 10 == 1) {
                LOG.warn(
                        "the database does not answer, waiting with the delivery in hand (try {}): {}",
                        event.getNumberOfRetryAttempts(),
                        String.valueOf(event.getLastThrowable()));
            }
        });
    }

    /** @throws DatabaseOutage where the worker stops before the database answers */
    <T> T untilDatabaseAnswers(ShardWork.Step<T> step) {
        try {
            return retry.executeCallable(step::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DatabaseOutage(e);
        }
    }

    void stop() {
        stopping = true;
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof DatabaseOutage
                || failure instanceof ConnectionException
                || (failure instanceof SQLException && FailureKind.of(failure) == FailureKind.OUTAGE);
    }
}
