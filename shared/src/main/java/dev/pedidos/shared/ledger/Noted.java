package dev.pedidos.shared.ledger;

/** What noting a pedido came to. */
public sealed interface Noted {

    /** It is in the ledger now, and was not before. */
    record New() implements Noted {}

    /**
     * It was there, with the same content.
     *
     * @param answer the pedido as it is now, as JSON
     */
    record Replay(String answer) implements Noted {}

    /** It was there with other content; that is on the record now. */
    record Conflict() implements Noted {}
}
