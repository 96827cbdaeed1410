package dev.pedidos.worker.turn;

import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.settle.Ending;

/** What a look for the parked head of a line came to. */
public sealed interface ParkedHead {

    /** No parked pedido is the head. */
    record None() implements ParkedHead {}

    /** The head has ended. */
    record Passed(Ending ending) implements ParkedHead {}

    /** The head is due and its handler waits: it is tried where others need not wait for it. */
    record Waits(Candidate head) implements ParkedHead {}
}
