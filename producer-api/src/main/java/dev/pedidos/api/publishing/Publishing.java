package dev.pedidos.api.publishing;

import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Publishes pedidos that have just been inserted. The ledger has them already: whoever answers a client waits for the broker
 * only so that the pedido is usually on its way by then. Without a confirm the relay publishes it again.
 */
public final class Publishing implements AutoCloseable {
    /** Longer than a broker takes that works. */
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(1);

    private final MessagePublisher publisher;
    private final Messages messages;
    private final PublishedMarks marks;
    private final PublishingMetrics metrics;
    private final Duration confirmWait;
    private final ScheduledThreadPoolExecutor timer;
    /** The last wait ended without a confirm, and none has come since. Meanwhile no client waits for one. */
    private volatile boolean silent;

    public Publishing(MessagePublisher publisher, Messages messages, PublishedMarks marks, PublishingMetrics metrics) {
        this(publisher, messages, marks, metrics, CONFIRM_WAIT);
    }

    Publishing(
            MessagePublisher publisher,
            Messages messages,
            PublishedMarks marks,
            PublishingMetrics metrics,
            Duration confirmWait) {
        this.publisher = publisher;
        this.messages = messages;
        this.marks = marks;
        this.metrics = metrics;
        this.confirmWait = confirmWait;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("confirm-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Returns at once. Each future completes with its confirm, with its failure, after {@link #CONFIRM_WAIT}, or at once while the
     * broker is silent: in each case the client can be answered that its pedido is accepted.
     *
     * @param inserted new pedidos, as workers read them
     */
    public List<CompletableFuture<Void>> publish(List<Messages.Content> inserted) {
        List<CompletableFuture<Void>> settled =
                inserted.stream().map(this::publish).toList();
        if (silent) {
            settled.forEach(one -> one.complete(null));
        } else if (!settled.isEmpty()) {
            // One timer for all: each of thousands a second would leave one behind.
            ScheduledFuture<?> timeout =
                    timer.schedule(() -> giveUp(settled), confirmWait.toMillis(), TimeUnit.MILLISECONDS);
            var unused = CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> timeout.cancel(false));
        }
        return settled;
    }

    /** The callback is small: while the broker gives no confirm, it does not keep the content of a pedido in memory. */
    private CompletableFuture<Void> publish(Messages.Content content) {
        var mark = PublishedMark.ofNew(content.pedidoId());
        var settled = new CompletableFuture<Void>();
        long started = System.nanoTime();
        var unused = publisher.publish(messages.entry(content)).whenComplete((confirm, failure) -> {
            long nanos = System.nanoTime() - started;
            if (failure == null) {
                metrics.confirmed(nanos);
                settled.complete(null);
                silent = false;
                marks.add(mark);
            } else {
                metrics.failed(nanos);
                settled.complete(null);
            }
        });
        return settled;
    }

    /** For a caller that waits for the confirm itself. Returns at once; the future completes with the broker's confirm, or fails. */
    public CompletableFuture<Void> publishAndConfirm(Messages.Content inserted) {
        var mark = PublishedMark.ofNew(inserted.pedidoId());
        return publisher.publish(messages.entry(inserted)).thenRun(() -> marks.add(mark));
    }

    /** Later pedidos are published, but nobody waits for their confirms. */
    boolean isSilent() {
        return silent;
    }

    private void giveUp(List<CompletableFuture<Void>> waiting) {
        silent = waiting.stream().anyMatch(one -> !one.isDone());
        waiting.forEach(one -> one.complete(null));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
