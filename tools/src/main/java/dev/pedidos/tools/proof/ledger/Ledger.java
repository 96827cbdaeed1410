package dev.pedidos.tools.proof.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.LongSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Opens connections to a ledger for reading. A snapshot judges a running system at one moment. */
public final class Ledger {

    private static final Duration BEYOND_THE_LIMIT = Duration.ofSeconds(30);

    private static final Map<String, String> PROPERTIES =
            Map.of("ApplicationName", "pedidos-verify", "connectTimeout", "10");

    /**
     * The laws sort and hash the whole ledger once; compiling them would cost more than it saves. Statements and not the
     * startup parameter {@code options}: PgBouncer refuses that.
     */
    private static final String SETTINGS =
            "set work_mem = '64MB'; set enable_parallel_hash = off; set jit = off; set timezone = 'UTC';"
                    + LongSession.SETTINGS;

    private Ledger() {}

    /** The first statement takes the snapshot; it lasts until the connection is closed. */
    public static Connection snapshot(DatabaseUrl url) throws SQLException {
        return snapshot(connect(url));
    }

    /** For work that has a limit: a server that does not answer for longer is given up. */
    public static Connection snapshot(DatabaseUrl url, Duration limit) throws SQLException {
        return snapshot(connect(url, limit.plus(BEYOND_THE_LIMIT)));
    }

    private static Connection snapshot(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    /** Each statement sees the newest state. */
    public static Connection connect(DatabaseUrl url) throws SQLException {
        return open(url, url.properties(PROPERTIES));
    }

    /**
     * As {@link #connect(DatabaseUrl)}.
     *
     * @param answerWithin a server that does not answer for longer is given up
     */
    public static Connection connect(DatabaseUrl url, Duration answerWithin) throws SQLException {
        var properties = url.properties(PROPERTIES);
        properties.setProperty("socketTimeout", Long.toString(answerWithin.toSeconds()));
        return open(url, properties);
    }

    private static Connection open(DatabaseUrl url, Properties properties) throws SQLException {
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}
