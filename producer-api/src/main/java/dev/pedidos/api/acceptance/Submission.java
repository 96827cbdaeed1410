package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A pedido on its way to being accepted, in both of its forms, and the answer it waits for. The forms are made by the thread
 * that brings it: the few that note and publish must not spend their time on that.
 *
 * @param arrivedNanos by System.nanoTime
 * @param givenAway it has left the way that it came: whoever sets it has to see to the answer
 */
public record Submission(
        NewPedido row,
        byte[] message,
        long arrivedNanos,
        CompletableFuture<Acceptance> answer,
        AtomicBoolean givenAway) {

    /** @param ordered whether it stands in its receiver's line */
    static Submission of(Pedido pedido, boolean ordered) {
        NewPedido row = rowOf(pedido, ordered, null);
        return new Submission(
                row,
                PedidoCodec.writeMessage(pedido),
                System.nanoTime(),
                new CompletableFuture<>(),
                new AtomicBoolean());
    }

    /** @param acceptedMicros null: it is being accepted now */
    public static NewPedido rowOf(Pedido pedido, boolean ordered, @Nullable Long acceptedMicros) {
        return new NewPedido(
                pedido.pedidoId(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                PedidoCodec.writePayload(pedido),
                PayloadHash.of(pedido),
                ordered,
                acceptedMicros);
    }

    String id() {
        return row.pedidoId();
    }

    /** Of its two large forms. */
    long bytes() {
        return row.payload().length() + message.length;
    }

    /** As new pedidos are: the first ciclo, nothing tried yet. */
    PublishedMark mark() {
        return new PublishedMark(new Version(id(), 0, 0, 0), Status.PENDING);
    }
}
