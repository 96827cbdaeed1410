package dev.pedidos.worker.webhook;

import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.outage.CircuitBreakers;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint, as this worker sees it: what is on its way there, and whether it is worth trying. */
final class Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private static final int WINDOW = 10;
    private static final int FEWEST_CALLS = 5;
    private static final int FAILED_PERCENT = 80;
    private static final Duration LONGEST_OPEN = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = LONGEST_OPEN.multipliedBy(10);
    /** The delay of the ladder after so many failures: 4 s by default. */
    private static final int FIRST_OPEN = 3;

    private final CircuitBreaker breaker;
    private int inFlight;
    private long askedAt = System.nanoTime();

    /** @param timeout of a call */
    Endpoint(String endpoint, RetryLadder ladder, Duration timeout) {
        Duration first = ladder.delayAfter(FIRST_OPEN);
        breaker = CircuitBreaker.of(
                endpoint,
                CircuitBreakers.config()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST_CALLS)
                        .failureRateThreshold(FAILED_PERCENT)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                                first, 2, Collections.max(List.of(first, LONGEST_OPEN))))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        // More than a call can take: its result always comes.
                        .maxWaitDurationInHalfOpenState(timeout.multipliedBy(3))
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> logState(endpoint, event.getStateTransition().getToState()));
    }

    private static void logState(String endpoint, State now) {
        switch (now) {
            case OPEN ->
                LOG.warn(
                        "webhooks to {} fail: they wait, and one is tried now and then; other endpoints are not affected",
                        endpoint);
            case CLOSED -> LOG.info("webhooks to {} are delivered again", endpoint);
            case HALF_OPEN, DISABLED, FORCED_OPEN, METRICS_ONLY -> {
                // Nothing that an operator has to know.
            }
        }
    }

    /** Takes the right to begin up to so many calls; what is not begun must be given back. */
    int acquire(int most) {
        askedAt = System.nanoTime();
        int acquired = 0;
        while (acquired < most && breaker.tryAcquirePermission()) {
            acquired++;
        }
        return acquired;
    }

    void giveBack(int permissions) {
        for (int i = 0; i < permissions; i++) {
            breaker.releasePermission();
        }
    }

    void begun() {
        inFlight++;
    }

    void ended(CallResult result, Duration duration) {
        inFlight--;
        if (result.isOutage()) {
            breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, new CallFailed(CallFault.SEM_CONEXAO));
        } else {
            breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether nothing is in flight, and the breaker is closed or nothing was due for long. */
    boolean canBeForgotten() {
        return inFlight == 0
                && (breaker.getState() == State.CLOSED || System.nanoTime() - askedAt > FORGOTTEN_AFTER.toNanos());
    }
}
