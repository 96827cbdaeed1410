package dev.pedidos.shared.ledger.task;

/** The result of inserting a task. */
public sealed interface TaskInserted {

    /** The task and all of its items are in the ledger now. */
    record New() implements TaskInserted {}

    /**
     * It was there, with the same content.
     *
     * @param answer the task as it is now, as JSON
     */
    record Replay(String answer) implements TaskInserted {}

    /** It was there with other content. */
    record Conflict() implements TaskInserted {}

    /**
     * An item has the id of a pedido that is in the ledger. Nothing was inserted.
     *
     * @param pedidoId of the first such item
     */
    record ItemKnown(String pedidoId) implements TaskInserted {}
}
