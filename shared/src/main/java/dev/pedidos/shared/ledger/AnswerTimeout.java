package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * A shorter wait for the database than usual, for threads that everybody waits for. On a lost network they would stand still as
 * long as the longest statement may take. The pool takes it back with the session.
 */
public final class AnswerTimeout {
    private static final int MILLIS = 10_000;

    private AnswerTimeout() {}

    public static void shorten(Handle handle) {
        try {
            handle.getConnection().setNetworkTimeout(Runnable::run, MILLIS);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
