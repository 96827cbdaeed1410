package dev.pedidos.tools.proof.laws;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Without these settings a 202 is not kept through a power cut, and every figure measured is false. */
public final class Durability {
    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    /** The settings that are off, as {@code fsync = off}; empty: durable. */
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
}
