package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Refuses a database on which the promises would not hold, before a program creates or changes anything in it. */
public final class DatabaseCheck {

    private static final Map<String, String> PROPERTIES =
            Map.of("connectTimeout", "5", "loginTimeout", "5", "socketTimeout", "10");

    private DatabaseCheck() {}

    /**
     * @return false if the database is down or cannot be asked yet
     * @throws DatabaseRefused it cannot be used as it is; the message says why
     */
    public static boolean passed(DatabaseUrl url) {
        try (var mine = connect(url);
                var others = connect(url)) {
            PoolerCheck.require(mine, others, url);
            ServerCheck.require(mine, url);
            return true;
        } catch (SQLException e) {
            // Other failures are reported by the next statement.
            return !LedgerFault.isOutage(e);
        }
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.properties(PROPERTIES));
    }
}
