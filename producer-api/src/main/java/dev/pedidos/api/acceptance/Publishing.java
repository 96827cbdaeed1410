package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what has just been noted, and answers. It is kept already: the answer waits for the broker only so that a pedido
 * is usually on its way when its client hears of it. Without a confirm the relay publishes it again.
 */
public final class Publishing implements AutoCloseable {
    /** Below the relay's grace, or both would publish. */
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(5);

    private final Outlet outlet;
    private final Messages messages;
    private final PublishedMarks marks;
    private final AcceptanceMetrics metrics;
    private final ScheduledThreadPoolExecutor timer;

    public Publishing(Outlet outlet, Messages messages, PublishedMarks marks, AcceptanceMetrics metrics) {
        this.outlet = outlet;
        this.messages = messages;
        this.marks = marks;
        this.metrics = metrics;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("confirm-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Returns at once; each answer comes with its confirm, or with the time that a confirm may take. */
    public void publish(List<Submission> noted) {
        if (noted.isEmpty()) {
            return;
        }
        CompletableFuture<?>[] confirms = noted.stream().map(this::publish).toArray(CompletableFuture[]::new);
        List<CompletableFuture<Acceptance>> answers =
                noted.stream().map(Submission::answer).toList();
        // One timer for all: five thousand a second would each leave one behind for five seconds.
        ScheduledFuture<?> patience = timer.schedule(
                () -> answers.forEach(answer -> answer.complete(new Acceptance.Accepted())),
                CONFIRM_WAIT.toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = CompletableFuture.allOf(confirms).whenComplete((done, failure) -> patience.cancel(false));
    }

    /** What waits for the confirm is small: where the broker gives none, the content of what was answered is not kept for it. */
    private CompletableFuture<Void> publish(Submission submission) {
        NewPedido row = submission.row();
        PublishedMark mark = submission.mark();
        CompletableFuture<Acceptance> answer = submission.answer();
        long started = System.nanoTime();
        return outlet.publish(messages.entry(new Messages.Content(
                        row.pedidoId(), row.recebedorId(), row.tipo(), 0, 0, 0, submission.message())))
                .handle((confirmed, failure) -> {
                    settle(mark, answer, failure, started);
                    return null;
                });
    }

    private void settle(
            PublishedMark mark, CompletableFuture<Acceptance> answer, @Nullable Throwable failure, long started) {
        metrics.published(failure == null, System.nanoTime() - started);
        if (failure == null) {
            marks.add(mark);
        }
        answer.complete(new Acceptance.Accepted());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
