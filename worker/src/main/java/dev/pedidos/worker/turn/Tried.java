package dev.pedidos.worker.turn;

/** The result of trying a pedido. */
sealed interface Tried permits Tried.Changed, Tried.ToPrepare, Ended {

    /** The pedido changed before the result could be recorded. Nothing was recorded: start over. */
    record Changed() implements Tried {}

    /** It may be tried, and is prepared first, without the lock. It has this worker's begin mark, if it needs one. */
    record ToPrepare() implements Tried {}
}
