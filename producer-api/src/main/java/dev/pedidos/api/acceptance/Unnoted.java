package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts without the database: what the broker confirms in the open queue is kept, with the time of its acceptance, and the
 * intake notes it later. Whether the pedido is known, or its id belongs to other content, is found out then.
 */
public final class Unnoted {
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(5);

    private final Outlet outlet;
    private final Messages messages;
    private final AcceptanceClock clock;
    private final AcceptanceMetrics metrics;

    public Unnoted(Outlet outlet, Messages messages, AcceptanceClock clock, AcceptanceMetrics metrics) {
        this.outlet = outlet;
        this.messages = messages;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @param settled runs before the answer is given */
    void accept(Submission submission, Runnable settled) {
        NewPedido row = submission.row();
        var content =
                new Messages.Content(row.pedidoId(), row.recebedorId(), row.tipo(), 0, 0, 0, submission.message());
        outlet.publish(messages.unnoted(content, clock.next()))
                .copy()
                .orTimeout(CONFIRM_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((confirmed, failure) -> answer(submission, settled, failure));
    }

    private void answer(Submission submission, Runnable settled, @Nullable Throwable failure) {
        metrics.unnoted(failure == null);
        settled.run();
        submission.answer().complete(failure == null ? new Acceptance.Accepted() : new Acceptance.Unavailable());
    }
}
