package dev.pedidos.api.publishing;

import dev.pedidos.shared.broker.message.Messages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Publishes thousands of pedidos that were inserted together, a few hundred at a time: others publish between them. Nobody waits
 * for it. The relay publishes the rest.
 */
public final class TaskPublishing {
    private static final int AT_ONCE = 400;
    /** Each holds its messages in memory. */
    private static final int MOST_BATCHES = 4;
    /** A slower broker gets the rest from the relay. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Publishing publishing;
    private final Executor executor;
    private final Semaphore room = new Semaphore(MOST_BATCHES);

    /** @param executor runs the steps after the first: the thread that brings confirms must not publish */
    public TaskPublishing(Publishing publishing, Executor executor) {
        this.publishing = publishing;
        this.executor = executor;
    }

    /** Returns at once. */
    public void publish(List<Messages.Content> inserted) {
        if (room.tryAcquire()) {
            var unused = publishFrom(0, inserted, System.nanoTime()).whenComplete((done, failure) -> room.release());
        }
    }

    private CompletableFuture<Void> publishFrom(int first, List<Messages.Content> inserted, long started) {
        boolean late = publishing.isSilent() || System.nanoTime() - started > PATIENCE.toNanos();
        if (first >= inserted.size() || late) {
            return CompletableFuture.completedFuture(null);
        }
        int end = Math.min(first + AT_ONCE, inserted.size());
        var settled = publishing.publish(inserted.subList(first, end));
        return CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new))
                .thenComposeAsync(done -> publishFrom(end, inserted, started), executor);
    }
}
