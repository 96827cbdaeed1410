package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import org.jspecify.annotations.Nullable;

/**
 * A pedido to be inserted, as the table holds it.
 *
 * @param payload JSON of what has no column of its own
 * @param payloadHash over all of its content
 * @param ordered whether it stands in its receiver's line
 * @param acceptedMicros when the broker accepted it, in microseconds of the database's clock; null: it is being accepted now
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewPedido(
        String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        byte[] payloadHash,
        boolean ordered,
        @Nullable Long acceptedMicros) {

    /** Of a pedido that is being accepted now. */
    public static NewPedido of(Pedido pedido, boolean ordered) {
        return new NewPedido(
                pedido.pedidoId(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                PedidoCodec.writePayload(pedido),
                PayloadHash.of(pedido),
                ordered,
                null);
    }

    /** Whether the broker accepted it, while it could not be inserted. */
    public boolean keptByBroker() {
        return acceptedMicros != null;
    }

    public NewPedido acceptedAt(long micros) {
        return new NewPedido(pedidoId, tipo, recebedorId, origem, payload, payloadHash, ordered, micros);
    }
}
