package dev.pedidos.api.cancel;

import dev.pedidos.shared.ledger.Status;
import java.util.Optional;

/** The result of asking for a cancellation. */
sealed interface Cancelled {

    /**
     * The cancellation is kept: it takes effect in its receiver's line.
     *
     * @param status of the pedido now; empty if it is not known
     */
    record Kept(Optional<Status> status) implements Cancelled {}

    /** The pedido has no effect, and will have none. */
    record Ended() implements Cancelled {}

    /** It has taken effect, and nothing can undo that. */
    record NotCancellable() implements Cancelled {}

    /** No store has confirmed the cancellation. Whether one of them keeps it may be unknown. */
    record Unavailable() implements Cancelled {}

    /** The database refuses the cancellation, now and later. */
    record Refused() implements Cancelled {}

    /** Too many pedidos are being accepted: nothing was tried. */
    record Overloaded() implements Cancelled {}
}
