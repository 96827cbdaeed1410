package dev.pedidos.shared.broker;

import dev.pedidos.shared.broker.message.OutboundMessage;
import java.util.concurrent.CompletableFuture;

/** Publishes messages: {@link ConfirmedPublisher}, or a fake. */
@FunctionalInterface
public interface MessagePublisher {
    /** Returns at once; the future completes with the broker's confirm, or fails with {@link PublishFailed}. */
    CompletableFuture<Void> publish(OutboundMessage message);
}
