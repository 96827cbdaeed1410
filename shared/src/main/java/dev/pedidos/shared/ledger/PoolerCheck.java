package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Finds out whether a pooler assigns another session after each transaction, as PgBouncer does with {@code
 * pool_mode=transaction}. Prepared statements, settings and the locks that show that a worker lives belong to a
 * session.
 */
final class PoolerCheck {

    /** A pooler may assign the same session again by chance. */
    private static final int ROUNDS = 5;

    private PoolerCheck() {}

    /** @throws DatabaseRefused a pooler changes sessions */
    static void require(Connection mine, Connection others, DatabaseUrl url) throws SQLException {
        others.setAutoCommit(false);
        for (int round = 0; round < ROUNDS; round++) {
            boolean keeps = keepsItsSession(() -> backend(mine), () -> backend(others));
            others.rollback();
            if (!keeps) {
                throw new DatabaseRefused("The database at " + url + " is behind a pooler that changes sessions"
                        + " between transactions, such as PgBouncer with pool_mode=transaction. Nothing was started."
                        + " Use pool_mode=session, or the server's own address.");
            }
        }
    }

    /** The server process that a session talks to. */
    @FunctionalInterface
    interface Session {
        int backend() throws SQLException;
    }

    /**
     * True if no other session gets this one's backend, not even between two transactions.
     *
     * @param other stays in a transaction
     */
    static boolean keepsItsSession(Session mine, Session other) throws SQLException {
        int before = mine.backend();
        int others = other.backend();
        return before != others && mine.backend() == before;
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
