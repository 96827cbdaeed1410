package dev.pedidos.api.acceptance;

/** What accepting a pedido came to. */
public sealed interface Acceptance {

    /** It is kept: whatever happens now, it will be processed. */
    record Accepted() implements Acceptance {}

    /**
     * It was accepted before, with the same content.
     *
     * @param answer the pedido as it is now, as JSON
     */
    record Replayed(String answer) implements Acceptance {}

    /** Its id belongs to other content, and stays there. */
    record Conflicting() implements Acceptance {}

    /** No store took it, or none said so. */
    record Unavailable() implements Acceptance {}

    /** The database refuses it, now and later. */
    record Refused() implements Acceptance {}

    /** Too many are being accepted: nothing was tried. */
    record Overloaded() implements Acceptance {}
}
