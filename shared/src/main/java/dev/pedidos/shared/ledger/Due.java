package dev.pedidos.shared.ledger;

import java.util.Optional;

/**
 * A pedido that the relay has claimed to publish.
 *
 * @param ordem its place among those of its receiver
 * @param status PENDING, RETRYING or DEAD_LETTERED
 * @param payload the column, as JSON
 * @param death present if it is dead-lettered
 */
public record Due(
        String pedidoId,
        long ordem,
        String tipo,
        String recebedorId,
        String origem,
        Status status,
        int ciclo,
        int tentativas,
        String payload,
        Optional<Death> death) {

    /** What a dead letter says of its end; times in RFC 3339. */
    public record Death(String motivo, String erroClasse, String firstFailure, String lastFailure) {}

    public PublishedMark mark() {
        return new PublishedMark(pedidoId, status, ciclo, tentativas);
    }
}
