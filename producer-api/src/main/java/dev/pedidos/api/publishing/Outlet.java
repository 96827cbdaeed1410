package dev.pedidos.api.publishing;

import dev.pedidos.shared.broker.OutboundMessage;
import java.util.concurrent.CompletableFuture;

/** Publishes messages: {@link dev.pedidos.shared.broker.ConfirmedPublisher}, or a fake. */
@FunctionalInterface
public interface Outlet {
    /** Returns at once; the future completes with the broker's confirm. */
    CompletableFuture<Void> publish(OutboundMessage message);
}
