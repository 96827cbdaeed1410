package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.NewPedido;
import dev.pedidos.shared.ledger.PublishedMark;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.util.concurrent.CompletableFuture;

/**
 * A pedido on its way to being accepted, in both of its forms, and the answer it waits for. The forms are made by the thread
 * that brings it: the few that note and publish must not spend their time on that.
 *
 * @param arrivedNanos by System.nanoTime
 */
public record Submission(NewPedido row, byte[] message, long arrivedNanos, CompletableFuture<Acceptance> answer) {

    /** @param ordered whether it stands in its receiver's line */
    static Submission of(Pedido pedido, boolean ordered) {
        NewPedido row = new NewPedido(
                pedido.pedidoId(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                PedidoCodec.writePayload(pedido),
                PayloadHash.of(pedido),
                ordered,
                null);
        return new Submission(row, PedidoCodec.writeMessage(pedido), System.nanoTime(), new CompletableFuture<>());
    }

    String id() {
        return row.pedidoId();
    }

    /** As new pedidos are: the first ciclo, nothing tried yet. */
    PublishedMark mark() {
        return new PublishedMark(new Version(id(), 0, 0, 0), Status.PENDING);
    }
}
