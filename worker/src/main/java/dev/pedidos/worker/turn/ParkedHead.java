package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.worker.settle.Ending;

/** The result of a look for the parked head of a line. */
public sealed interface ParkedHead {

    /** No parked pedido is the head. */
    record None() implements ParkedHead {}

    /** The head has ended. */
    record Handled(Ending ending) implements ParkedHead {}

    /** The head is due, but its handler waits, or it has to wait for memory: it is tried where others need not wait for it. */
    record Waits(Head head) implements ParkedHead {}
}
