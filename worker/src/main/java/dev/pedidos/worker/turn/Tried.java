package dev.pedidos.worker.turn;

/** The result of trying a pedido. */
sealed interface Tried permits Tried.Changed, Ended {

    /** The pedido changed before the result could be recorded. Nothing was recorded: start over. */
    record Changed() implements Tried {}
}
