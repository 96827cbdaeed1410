package dev.pedidos.tools.proof.laws;

import java.time.Instant;

/** How much of the ledger is judged. */
public sealed interface Extent {

    /**
     * All of it.
     *
     * @param archived pedidos in the archive, which are judged like all others
     */
    record Everything(long archived) implements Extent {}

    /**
     * The changes since a moment. A change is an event.
     *
     * @param since as it was asked for
     * @param from the time from which on events count: earlier, by a margin
     * @param after the newest event that is older than that
     * @param pedidos those that are judged
     * @param about all pedidos, as the database estimates them; 0: not known
     */
    record Changes(Instant since, Instant from, long after, long pedidos, long about) implements Extent {}
}
