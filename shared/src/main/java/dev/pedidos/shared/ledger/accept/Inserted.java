package dev.pedidos.shared.ledger.accept;

/** What noting a pedido came to. */
public sealed interface Inserted {

    /** It is in the ledger now, and was not before. */
    record New() implements Inserted {}

    /**
     * It was there, with the same content.
     *
     * @param answer the pedido as it is now, as JSON
     */
    record Replay(String answer) implements Inserted {}

    /** It was there with other content; that is on the record now. */
    record Conflict() implements Inserted {}
}
