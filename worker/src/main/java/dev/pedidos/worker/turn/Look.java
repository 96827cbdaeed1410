package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.PedidoState;

/** The result of a look at a pedido under its receiver's lock. */
sealed interface Look permits Look.ItsTurn, Ended {

    /** It is due and the head of its line: it may be tried in this turn. */
    record ItsTurn(PedidoState state) implements Look {}
}
