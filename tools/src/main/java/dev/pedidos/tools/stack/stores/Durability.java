package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of PostgreSQL without which a commit may be lost in a power cut: a pedido that was answered with 202 could be
 * lost, and every figure measured would be too good.
 */
public final class Durability {
    static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    /** The settings that are off in this session, as {@code fsync = off}. */
    public static List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String setting : SETTINGS) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + setting)) {
                row.next();
                String value = row.getString(1);
                // Not "is on": synchronous_commit has other values that wait for the disk, and for replicas besides.
                if (value.equals("off")) {
                    missing.add(setting + " = " + value);
                }
            }
        }
        return missing;
    }

    static void check(Connection connection) throws SQLException, IOException {
        List<String> missing = missing(connection);
        if (!missing.isEmpty()) {
            throw new IOException(RootLocale.format(
                    "The database server runs with %s: it may lose pedidos that were answered with 202. Set it to on and"
                            + " start the server again.",
                    String.join(", ", missing)));
        }
    }
}
