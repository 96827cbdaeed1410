package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Version;

/**
 * The first of a receiver's line, with its columns as they lie in the ledger.
 *
 * @param suspect somebody began to try it and has not said how it ended
 */
@SuppressWarnings("ArrayRecordComponent")
public record Head(
        String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        byte[] payloadHash,
        int ciclo,
        int agendamento,
        int tentativas,
        boolean suspect,
        boolean parked) {

    public Version version() {
        return new Version(pedidoId, ciclo, agendamento, tentativas);
    }
}
