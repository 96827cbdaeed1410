package dev.pedidos.api.acceptance;

/** Where a new pedido goes. */
enum Route {
    /** It is inserted and then published. */
    LEDGER,
    /** The broker keeps it, in the open queue, until the intake inserts it. */
    BROKER,
    /** It waits for a moment: its route is being decided. */
    HOLD,
    /** No store can take it. */
    NONE
}
