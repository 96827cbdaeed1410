package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.PedidoMessage;
import java.util.concurrent.CompletableFuture;

/**
 * A pedido that is being accepted: as a row, as a message, and the answer that its client waits for. Row and message are made
 * by the thread that brings it: the few that insert and publish must not spend their time on that.
 *
 * @param arrivedNanos by System.nanoTime
 * @param clientAnswer completed by {@link Failover}
 */
record Submission(
        NewPedido row, Messages.Content content, long arrivedNanos, CompletableFuture<Acceptance> clientAnswer) {

    /** @param ordered whether it stands in its receiver's line */
    static Submission of(Pedido pedido, boolean ordered, long arrivedNanos) {
        return new Submission(
                NewPedido.of(pedido, ordered),
                PedidoMessage.of(pedido, Version.first(pedido.pedidoId())),
                arrivedNanos,
                new CompletableFuture<>());
    }

    String id() {
        return row.pedidoId();
    }

    /** Of its two large forms. */
    long bytes() {
        return (long) row.payload().length() + content.body().length;
    }
}
