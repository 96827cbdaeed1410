package dev.pedidos.shared.ledger;

import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** A lock that one program of the fleet has at a time. Nobody waits for it. */
public final class LedgerLock {

    private LedgerLock() {}

    /**
     * Opens a session that has the lock; empty if another one has it.
     *
     * @param tryLock a statement: true if this session has the lock now
     */
    public static Optional<Handle> tryTake(Database database, String tryLock) {
        return tryTake(database, session -> {}, tryLock);
    }

    /**
     * As {@link #tryTake(Database, String)}, for a lock that is held until a transaction ends.
     *
     * @param begin begins the transaction
     */
    public static Optional<Handle> tryTake(Database database, Consumer<Handle> begin, String tryLock) {
        Handle session = database.jdbi().open();
        try {
            begin.accept(session);
            if (session.createQuery(tryLock).mapTo(Boolean.class).one()) {
                return Optional.of(session);
            }
        } catch (RuntimeException e) {
            try {
                end(session);
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        end(session);
        return Optional.empty();
    }

    private static void end(Handle session) {
        try (session) {
            if (session.isInTransaction()) {
                session.rollback();
            }
        }
    }
}
