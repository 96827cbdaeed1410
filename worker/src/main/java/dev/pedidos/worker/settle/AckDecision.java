package dev.pedidos.worker.settle;

/** The decision about a delivery after an ending is settled. */
public enum AckDecision {
    /** Acknowledge it. */
    ACK,
    /** Go on with the receiver's parked pedidos, then acknowledge it. */
    DRAIN,
    /** Reject it: the broker moves it to {@code pedidos_recusados}. */
    REJECT
}
