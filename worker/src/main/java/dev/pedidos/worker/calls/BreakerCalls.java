package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.ForeignFailure;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.worker.execution.DependencyBreakers;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes no call to a dependency that is down. A breaker judges calls alone: answers that are kept, and what a limit refuses, say
 * nothing about a dependency. Once the breaker is open, a failed call is the dependency's failure and no longer the pedido's: decision
 * 0068.
 */
final class BreakerCalls implements Calls {

    /** Then its failed calls are its own again. With the default delays that is after about nine hours. */
    private static final int MOST_SCHEDULINGS = 1_000;

    /**
     * In whose name the calls are made.
     *
     * @param schedulings how often the pedido was retried or put off
     */
    record Asker(String pedidoId, int schedulings) {}

    private final Asker asker;
    private final DependencyBreakers breakers;
    private final RepeatedFailures failures;
    private final Duration handlerLimit;
    private final Calls inner;

    /**
     * @param failures those of all pedidos
     * @param handlerLimit a call that is interrupted after half of that time hangs
     */
    BreakerCalls(
            Asker asker, DependencyBreakers breakers, RepeatedFailures failures, Duration handlerLimit, Calls inner) {
        this.asker = asker;
        this.breakers = breakers;
        this.failures = failures;
        this.handlerLimit = handlerLimit;
        this.inner = inner;
    }

    /** @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException the dependency is down */
    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        var breaker = breakers.of(dependency);
        breaker.acquirePermission();
        long begun = System.nanoTime();
        var made = new AtomicBoolean();
        try {
            T answer = inner.call(dependency, () -> {
                made.set(true);
                return call.call();
            });
            succeeded(breaker, System.nanoTime() - begun);
            return answer;
        } catch (Exception | Error e) {
            if (!made.get()) {
                breaker.releasePermission();
                throw e;
            }
            throw judged(breaker, dependency, e, System.nanoTime() - begun);
        }
    }

    /** Returns what the failed call means for the pedido. */
    private Exception judged(CircuitBreaker breaker, String dependency, Throwable failure, long nanos)
            throws Exception {
        switch (failure) {
            case DependencyUnavailable down -> breaker.onError(nanos, TimeUnit.NANOSECONDS, down);
            case TransientFailure failed -> count(breaker, down(dependency, failed), nanos);
            case IOException failed -> count(breaker, down(dependency, failed), nanos);
            case InterruptedException hung
            when nanos >= handlerLimit.toNanos() / 2 ->
                count(breaker, new DependencyUnavailable(dependency, dependency + ": the call hung", hung), nanos);
            case PermanentFailure answered -> succeeded(breaker, nanos);
            case Exception answered
            when LedgerFault.cameFromAnotherDatabase(answered) && LedgerFault.isRefusal(answered) ->
                succeeded(breaker, nanos);
            case Exception failed
            when LedgerFault.cameFromAnotherDatabase(failed) -> count(breaker, databaseDown(dependency, failed), nanos);
            default -> breaker.releasePermission();
        }
        return thrown(failure);
    }

    private void count(CircuitBreaker breaker, DependencyUnavailable down, long nanos) throws DependencyUnavailable {
        int counted = failures.failed(down.dependency(), asker.pedidoId());
        if (counted == 0 && breaker.getState() == State.CLOSED) {
            // It says nothing new about the dependency.
            breaker.releasePermission();
            return;
        }
        for (int i = 0; i < Math.max(1, counted); i++) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, down);
        }
        if (breaker.getState() == State.OPEN && asker.schedulings() < MOST_SCHEDULINGS) {
            throw down;
        }
    }

    private void succeeded(CircuitBreaker breaker, long nanos) {
        failures.succeeded(breaker.getName());
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    private static DependencyUnavailable down(String dependency, Exception failed) {
        return new DependencyUnavailable(dependency, ForeignFailure.message(failed), failed);
    }

    private static DependencyUnavailable databaseDown(String dependency, Exception failed) {
        return new DependencyUnavailable(
                dependency, dependency + ": " + Failure.of(failed).erroMensagem(), failed);
    }

    private static Exception thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (Exception) failure;
    }
}
