package dev.pedidos.shared.ledger;

/**
 * A pedido that the relay has claimed to publish.
 *
 * @param ordem its place among those of its receiver
 * @param status PENDING or RETRYING
 * @param payload the column, as JSON
 */
public record Due(
        String pedidoId,
        long ordem,
        String tipo,
        String recebedorId,
        String origem,
        String status,
        int ciclo,
        int tentativas,
        String payload) {

    public PublishedMark mark() {
        return new PublishedMark(pedidoId, status, ciclo, tentativas);
    }
}
