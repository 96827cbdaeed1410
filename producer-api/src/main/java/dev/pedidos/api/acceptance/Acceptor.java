package dev.pedidos.api.acceptance;

import dev.pedidos.shared.message.Pedido;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Takes pedidos in by the route that {@link Failover} chooses: {@link LedgerPath} or {@link BrokerPath}. Bounded: a pedido counts
 * from its arrival to its answer.
 */
public final class Acceptor {
    private final Failover failover;
    private final AcceptanceMetrics metrics;
    private final Predicate<String> ordered;
    private final Semaphore room;

    /** @param ordered whether pedidos of a tipo stand in their receiver's line */
    public Acceptor(Failover failover, AcceptanceMetrics metrics, Predicate<String> ordered, int inFlight) {
        this.failover = failover;
        this.metrics = metrics;
        this.ordered = ordered;
        this.room = new Semaphore(inFlight);
        metrics.inFlight(() -> inFlight - room.availablePermits());
    }

    /** Completes with the result, in bounded time, and never fails. */
    public CompletableFuture<Acceptance> accept(Pedido pedido) {
        long arrived = System.nanoTime();
        if (!room.tryAcquire()) {
            return answered(new Acceptance.Overloaded(), arrived);
        }
        Submission submission = Submission.of(pedido, ordered.test(pedido.tipo()), arrived);
        CompletableFuture<Acceptance> answer = submission.clientAnswer().whenComplete((acceptance, failure) -> {
            room.release();
            metrics.answered(acceptance, arrived);
        });
        failover.accept(submission);
        return answer;
    }

    private CompletableFuture<Acceptance> answered(Acceptance acceptance, long arrived) {
        metrics.answered(acceptance, arrived);
        return CompletableFuture.completedFuture(acceptance);
    }
}
