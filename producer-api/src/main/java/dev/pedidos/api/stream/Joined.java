package dev.pedidos.api.stream;

/** The result for a client that wants to listen. */
sealed interface Joined {

    /**
     * It gets every event after this one.
     *
     * @param after its id
     */
    record Listening(long after) implements Joined {}

    /** No pedido has this id. */
    record Unknown() implements Joined {}

    /** The client has every event of a finished pedido, or they were dropped from the archive. */
    record NothingLeft() implements Joined {}

    /** The client has the id of an event that this ledger has not written yet: it comes from another ledger. */
    record Ahead() implements Joined {}
}
