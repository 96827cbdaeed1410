package dev.pedidos.shared.ledger;

/** The first unfinished pedido of a receiver, with its columns as they lie in the ledger. */
public record Head(
        String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        byte[] payloadHash,
        int ciclo,
        int tentativas,
        boolean parked) {}
