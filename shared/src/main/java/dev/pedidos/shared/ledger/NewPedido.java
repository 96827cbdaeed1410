package dev.pedidos.shared.ledger;

/**
 * A pedido about to be noted, as the table holds it.
 *
 * @param payload JSON of what has no column of its own
 * @param payloadHash over all of its content
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewPedido(
        String pedidoId, String tipo, String recebedorId, String origem, String payload, byte[] payloadHash) {}
