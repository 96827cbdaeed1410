package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.message.Messages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The route by the broker, without the database: what the broker confirms in the open queue is kept, with the time of its
 * acceptance, and the intake inserts it later. Only then is it known whether the pedido is new, or its id belongs to other
 * content.
 */
public final class BrokerPath {
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(5);

    private final MessagePublisher publisher;
    private final Messages messages;
    private final AcceptanceClock clock;
    private final AcceptanceMetrics metrics;
    private final Duration confirmWait;

    public BrokerPath(MessagePublisher publisher, Messages messages, AcceptanceClock clock, AcceptanceMetrics metrics) {
        this(publisher, messages, clock, metrics, CONFIRM_WAIT);
    }

    BrokerPath(
            MessagePublisher publisher,
            Messages messages,
            AcceptanceClock clock,
            AcceptanceMetrics metrics,
            Duration confirmWait) {
        this.publisher = publisher;
        this.messages = messages;
        this.clock = clock;
        this.metrics = metrics;
        this.confirmWait = confirmWait;
    }

    /** Completes with the broker's confirm, its refusal or in bounded time; never fails. */
    CompletableFuture<Acceptance> accept(Submission submission) {
        return publisher
                .publish(messages.toOpenQueue(submission.content(), clock.next()))
                .copy()
                .orTimeout(confirmWait.toMillis(), TimeUnit.MILLISECONDS)
                .handle((confirmed, failure) -> {
                    if (failure == null) {
                        metrics.confirmedByBroker();
                        return new Acceptance.Accepted();
                    }
                    metrics.failedByBroker();
                    return new Acceptance.Unavailable();
                });
    }
}
