package dev.pedidos.api.acceptance;

import java.util.Optional;

/** The result of accepting a pedido. */
public sealed interface Acceptance {

    /** It is kept: whatever happens now, it will be processed. */
    record Accepted() implements Acceptance {}

    /**
     * It was accepted before, with the same content.
     *
     * @param answer the pedido as it is now, as JSON; empty if it is large: then it is read by itself
     */
    record Replayed(Optional<String> answer) implements Acceptance {}

    /** Its id belongs to other content, and stays there. */
    record Conflicting() implements Acceptance {}

    /** It may not be kept. */
    sealed interface NotKept extends Acceptance {}

    /** Both stores are known to be down: nothing was tried. */
    record BothStoresDown() implements NotKept {}

    /** No store has confirmed it. Whether one of them keeps it may be unknown. */
    record Unavailable() implements NotKept {}

    /** The database refuses it, now and later. */
    record Refused() implements NotKept {}

    /** Too many pedidos are being accepted: nothing was tried. */
    record Overloaded() implements NotKept {}
}
