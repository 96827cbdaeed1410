package dev.pedidos.shared.broker;

import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.text.RootLocale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The messages that one channel has published and the broker has not answered yet. The broker first returns a message
 * that no queue accepts, and confirms it afterwards: the return completes the future before the confirm arrives.
 */
final class Confirms implements ConfirmListener, ReturnCallback {

    private static final String REFUSED =
            "the broker refused the message (basic.nack): its queue is full, look for max-length"
                    + " or max-length-bytes in the policies of the vhost, or most nodes of the queue are down";

    private record Unanswered(CompletableFuture<Void> confirmed, long sinceNanos) {}

    private final ConcurrentNavigableMap<Long, Unanswered> pending = new ConcurrentSkipListMap<>();
    private final Runnable onRefusal;
    private final Runnable onUnroutable;

    /**
     * @param onRefusal a queue has refused a message
     * @param onUnroutable no queue takes a message: a queue or a binding is missing. Must not wait
     */
    Confirms(Runnable onRefusal, Runnable onUnroutable) {
        this.onRefusal = onRefusal;
        this.onUnroutable = onUnroutable;
    }

    void expect(long sequence, CompletableFuture<Void> confirmed) {
        pending.put(sequence, new Unanswered(confirmed, System.nanoTime()));
    }

    @Override
    public void handleAck(long sequence, boolean multiple) {
        settle(sequence, multiple, future -> future.complete(null));
    }

    @Override
    public void handleNack(long sequence, boolean multiple) {
        onRefusal.run();
        settle(sequence, multiple, future -> future.completeExceptionally(new PublishFailed(REFUSED)));
    }

    @Override
    public void handle(Return returned) {
        fail(
                Digits.toLong(returned.getProperties().getCorrelationId()),
                new PublishFailed(RootLocale.format(
                        "no queue takes messages for %s: %d %s",
                        returned.getExchange(), returned.getReplyCode(), returned.getReplyText())));
        onUnroutable.run();
    }

    void fail(long sequence, PublishFailed failure) {
        settle(sequence, false, future -> future.completeExceptionally(failure));
    }

    /** Since the oldest message that has no answer was sent; 0 if each has one. */
    long oldestNanos() {
        var oldest = pending.firstEntry();
        return oldest == null ? 0 : System.nanoTime() - oldest.getValue().sinceNanos();
    }

    void failAll(String reason) {
        pending.keySet().forEach(sequence -> fail(sequence, new PublishFailed(reason)));
    }

    private void settle(long sequence, boolean multiple, Consumer<CompletableFuture<Void>> verdict) {
        if (!multiple) {
            var answered = pending.remove(sequence);
            if (answered != null) {
                verdict.accept(answered.confirmed());
            }
            return;
        }
        var settled = pending.headMap(sequence, true);
        settled.keySet().forEach(each -> settle(each, false, verdict));
    }
}
