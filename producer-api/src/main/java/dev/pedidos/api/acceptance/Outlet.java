package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.OutboundMessage;
import java.util.concurrent.CompletableFuture;

/** Where messages go: {@link dev.pedidos.shared.broker.ConfirmedPublisher}, or a fake. */
@FunctionalInterface
public interface Outlet {
    /** Completes with the broker's confirm; never waits for it. */
    CompletableFuture<Void> publish(OutboundMessage message);
}
