package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;

/**
 * Says which version of a pedido was published: no newer version may get the mark.
 *
 * @param status of the row when it was published
 */
public record PublishedMark(Version version, PedidoStatus status) {

    /** For a pedido that was just accepted. */
    public static PublishedMark ofNew(String pedidoId) {
        return new PublishedMark(Version.first(pedidoId), PedidoStatus.PENDING);
    }
}
