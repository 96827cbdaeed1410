package dev.pedidos.api.acceptance;

import dev.pedidos.shared.message.Pedido;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Takes pedidos in, by the way that the {@link Gate} shows: {@link NoteWriter} notes them in batches and {@link Publishing}
 * publishes the new ones, or {@link Unnoted} has the broker keep them. Bounded: a pedido counts from its arrival to its
 * answer.
 */
public final class Acceptor {
    private final Gate gate;
    private final AcceptanceMetrics metrics;
    private final Predicate<String> ordered;
    private final Semaphore room;

    /** @param ordered whether pedidos of a tipo stand in their receiver's line */
    public Acceptor(Gate gate, AcceptanceMetrics metrics, Predicate<String> ordered, int inFlight) {
        this.gate = gate;
        this.metrics = metrics;
        this.ordered = ordered;
        this.room = new Semaphore(inFlight);
        metrics.inFlight(() -> inFlight - room.availablePermits());
    }

    /** Completes with what it came to, in bounded time, and never fails. */
    public CompletableFuture<Acceptance> accept(Pedido pedido) {
        if (!room.tryAcquire()) {
            return answered(new Acceptance.Overloaded());
        }
        Submission submission = Submission.of(pedido, ordered.test(pedido.tipo()));
        CompletableFuture<Acceptance> answer = submission.answer().whenComplete((acceptance, failure) -> {
            room.release();
            metrics.answered(acceptance, submission.arrivedNanos());
        });
        gate.pass(submission);
        return answer;
    }

    private CompletableFuture<Acceptance> answered(Acceptance acceptance) {
        metrics.answered(acceptance, System.nanoTime());
        return CompletableFuture.completedFuture(acceptance);
    }
}
