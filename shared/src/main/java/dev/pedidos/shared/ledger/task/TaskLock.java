package dev.pedidos.shared.ledger.task;

import org.jdbi.v3.core.Handle;

/** The wait for a task that another transaction inserts or cancels at this moment. */
final class TaskLock {
    /**
     * Inserting 10,000 items may take longer than the two seconds after which other statements give up. After 8 s the API answers
     * 503.
     */
    private static final String PATIENCE = "set local lock_timeout = '7s'";

    private TaskLock() {}

    /** For the rest of the transaction. */
    static void waitLonger(Handle tx) {
        tx.execute(PATIENCE);
    }
}
