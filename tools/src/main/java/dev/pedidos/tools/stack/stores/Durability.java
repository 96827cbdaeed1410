package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Refuses a database server that may forget what it has committed. */
final class Durability {
    static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    static void check(Connection connection) throws SQLException, IOException {
        for (String setting : SETTINGS) {
            String value = show(connection, setting);
            if ("off".equals(value)) {
                throw new IOException(RootLocale.format("""
                        The database server runs with %s = off: it may lose pedidos that were answered with 202. Set it \
                        to on and start the server again.""", setting));
            }
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
