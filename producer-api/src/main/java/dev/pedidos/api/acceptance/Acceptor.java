package dev.pedidos.api.acceptance;

import dev.pedidos.shared.message.Pedido;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Takes pedidos in: {@link NoteWriter} notes them in batches, {@link Publishing} publishes the new ones and answers. Bounded:
 * a pedido counts from its arrival to its answer.
 */
public final class Acceptor {
    private final NoteWriter notes;
    private final AcceptanceMetrics metrics;
    private final Predicate<String> ordered;
    private final Semaphore room;

    /** @param ordered whether pedidos of a tipo stand in their receiver's line */
    public Acceptor(NoteWriter notes, AcceptanceMetrics metrics, Predicate<String> ordered, int inFlight) {
        this.notes = notes;
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
        notes.add(submission);
        return answer;
    }

    private CompletableFuture<Acceptance> answered(Acceptance acceptance) {
        metrics.answered(acceptance, System.nanoTime());
        return CompletableFuture.completedFuture(acceptance);
    }
}
