package dev.pedidos.shared.ledger;

import dev.pedidos.shared.runtime.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Finds out whether a pooler assigns another session after each transaction, as PgBouncer does with {@code
 * pool_mode=transaction}. Prepared statements, settings and the locks that show that a worker lives belong to a
 * session.
 */
public final class PoolerCheck {

    /** A pooler may assign the same session again by chance. */
    private static final int ROUNDS = 5;

    private PoolerCheck() {}

    /**
     * @return false if the database is down or cannot be asked yet
     * @throws DatabaseRefused a pooler changes sessions
     */
    public static boolean passed(DatabaseUrl url) {
        try (var mine = connect(url);
                var others = connect(url)) {
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
            return true;
        } catch (SQLException e) {
            // Other failures are reported by the next statement.
            return !LedgerFault.isOutage(e);
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

    private static Connection connect(DatabaseUrl url) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(url.jdbcUrl(), properties);
    }
}
