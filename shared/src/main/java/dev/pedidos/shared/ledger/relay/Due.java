package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Death;
import java.util.Optional;

/**
 * A pedido that the relay has claimed to publish.
 *
 * @param ordem its place among those of its receiver
 * @param payload the column, as JSON
 * @param death present if it is dead-lettered
 */
public record Due(
        Version version,
        Status status,
        long ordem,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        Optional<Death> death) {

    public String pedidoId() {
        return version.pedidoId();
    }

    public PublishedMark mark() {
        return new PublishedMark(version, status);
    }
}
