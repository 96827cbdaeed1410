package dev.pedidos.api.cancel;

import dev.pedidos.api.acceptance.Acceptance;
import dev.pedidos.shared.ledger.PedidoStatus;
import java.util.Optional;

/** The result of asking for a cancellation. */
sealed interface Cancelled {

    /**
     * The cancellation is kept: it takes effect in its receiver's line.
     *
     * @param status in which the request found the pedido; empty if it was not known
     */
    record Kept(Optional<PedidoStatus> status) implements Cancelled {}

    /** The pedido has no effect, and will have none. */
    record Ended() implements Cancelled {}

    /** It has taken effect, and nothing can undo that. */
    record NotCancellable() implements Cancelled {}

    /** The cancellation may not be kept. */
    record NotKept(Acceptance.NotKept why) implements Cancelled {}
}
