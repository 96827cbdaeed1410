package dev.pedidos.worker.execution;

import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.outage.CircuitBreakers;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** A circuit breaker for each dependency of handlers: not every pedido asks a dependency that is down. */
public final class DependencyBreakers {

    private static final Duration OPEN = Duration.ofSeconds(10);
    /** Only {@link DependencyUnavailable} counts: a handler that throws it is sure. */
    private static final int LEAST_ATTEMPTS = 3;
    /** Failures of other kinds count too: a few calls may fail while the dependency works. */
    private static final int LEAST_CALLS = 6;

    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Duration verdictWithin;
    private final int least;

    /** @param least how many are judged together at least */
    private DependencyBreakers(Duration handlerLimit, int least) {
        verdictWithin = handlerLimit.plus(OPEN);
        this.least = least;
    }

    /**
     * For whole attempts of handlers.
     *
     * @param handlerLimit how long an attempt may take
     */
    public static DependencyBreakers forAttempts(Duration handlerLimit) {
        return new DependencyBreakers(handlerLimit, LEAST_ATTEMPTS);
    }

    /**
     * For single calls of handlers.
     *
     * @param handlerLimit how long a call may take
     */
    public static DependencyBreakers forCalls(Duration handlerLimit) {
        return new DependencyBreakers(handlerLimit, LEAST_CALLS);
    }

    /** @throws CallNotPermittedException one of them is down */
    public <T> T call(Set<String> dependencies, Callable<T> work) throws Exception {
        Callable<T> guarded = work;
        for (String dependency : dependencies) {
            guarded = of(dependency).decorateCallable(guarded);
        }
        return guarded.call();
    }

    /** Made when it is asked for first. */
    public CircuitBreaker of(String dependency) {
        return breakers.computeIfAbsent(dependency, this::breaker);
    }

    private CircuitBreaker breaker(String dependency) {
        return CircuitBreaker.of(
                dependency,
                CircuitBreakers.config()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(least)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        // A call that ends with an Error is not counted.
                        .maxWaitDurationInHalfOpenState(verdictWithin)
                        .recordException(failure -> failure instanceof DependencyUnavailable down
                                && down.dependency().equals(dependency))
                        // The dependency was not called: a limit, or another dependency of the same handler, forbade
                        // it.
                        .ignoreExceptions(LimitReached.class, CallNotPermittedException.class)
                        .build());
    }
}
