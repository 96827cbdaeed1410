package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.runtime.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Opens connections to a ledger for reading. A snapshot judges a running system at one moment. */
public final class Ledger {

    private static final Duration BEYOND_THE_LIMIT = Duration.ofSeconds(30);

    private static final Map<String, String> PROPERTIES = Map.of(
            "ApplicationName",
            "pedidos-verify",
            "connectTimeout",
            "10",
            // The laws sort and hash the whole ledger once; compiling them would cost more than it saves.
            "options",
            "-c work_mem=64MB -c enable_parallel_hash=off -c jit=off -c timezone=UTC");

    private Ledger() {}

    /** The first statement takes the snapshot; it lasts until the connection is closed. */
    public static Connection snapshot(DatabaseUrl url) throws SQLException {
        return snapshot(connect(url));
    }

    /** For work that has a limit: a server that does not answer for longer is given up. */
    public static Connection snapshot(DatabaseUrl url, Duration limit) throws SQLException {
        var properties = url.properties(PROPERTIES);
        properties.setProperty(
                "socketTimeout", Long.toString(limit.plus(BEYOND_THE_LIMIT).toSeconds()));
        return snapshot(DriverManager.getConnection(url.jdbcUrl(), properties));
    }

    private static Connection snapshot(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Each statement sees the newest state. */
    public static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.properties(PROPERTIES));
    }
}
