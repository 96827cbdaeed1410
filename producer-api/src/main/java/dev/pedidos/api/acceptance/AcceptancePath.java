package dev.pedidos.api.acceptance;

/** Where a new pedido goes. */
enum AcceptancePath {
    /** It is inserted and then published. */
    BY_LEDGER,
    /** The broker keeps it, in the open queue, until the intake inserts it. */
    BY_BROKER,
    /** It waits for a moment: which way it goes is being decided. */
    WAIT,
    /** No store can take it. */
    NOWHERE
}
