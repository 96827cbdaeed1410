package dev.pedidos.worker.turn;

import dev.pedidos.worker.handler.Preparation;

/** The result of preparing a pedido. */
sealed interface Prepared {

    /** It can be tried with this. */
    record Ready(Preparation preparation) implements Prepared {}

    /** The handler failed. */
    record Failed(Tried recorded) implements Prepared {}
}
