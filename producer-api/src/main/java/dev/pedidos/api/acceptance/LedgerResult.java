package dev.pedidos.api.acceptance;

/** How the route by the ledger ended for a pedido. */
sealed interface LedgerResult {

    /** The client can be answered. */
    record Answered(Acceptance acceptance) implements LedgerResult {}

    /** The insert failed. Whether the pedido is in the ledger may be unknown. */
    record Failed() implements LedgerResult {}

    /** It was taken back before its insert ended. Whether the pedido is in the ledger may be unknown. */
    record HandedBack() implements LedgerResult {}
}
