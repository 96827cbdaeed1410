package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.PedidoMemory;
import java.util.function.Supplier;

/**
 * A pedido while it waits: as its bytes, since decoded it takes many times as much memory.
 *
 * @param suspect as its {@link Candidate#suspect()}
 * @param bytes that it takes once it is decoded
 */
record WaitingPedido(String tipo, boolean suspect, long bytes, Supplier<Candidate> decode) {

    /** @param message the content of the delivery */
    static WaitingPedido of(Delivery delivery, Candidate message) {
        return new WaitingPedido(
                message.pedido().tipo(),
                message.suspect(),
                PedidoMemory.bytesOf(delivery.body()),
                () -> ShardWork.decode(delivery));
    }

    /** @param message whose delivery has found the head */
    static WaitingPedido of(Head head, Candidate message) {
        // Not the message itself: the supplier would keep it decoded.
        boolean isSuspect = message.followersSuspect();
        return new WaitingPedido(
                head.tipo(),
                isSuspect || head.begun(),
                PedidoMemory.bytesOf(head),
                () -> Candidate.ofHead(head).suspectIf(isSuspect));
    }
}
