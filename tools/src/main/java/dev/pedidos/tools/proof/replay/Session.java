package dev.pedidos.tools.proof.replay;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements on the connection of a replay. */
record Session(Connection connection) {

    /** @return rows that were written; 0 for a statement that writes none */
    long execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getUpdateCount());
        }
    }

    /** The number in the only row of a query. */
    long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
