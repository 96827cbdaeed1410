package dev.pedidos.shared.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of PostgreSQL without which a commit may be lost in a power cut: a pedido that was answered with 202 could be
 * lost, and every figure measured would be too good.
 */
public final class Durability {

    public static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final String ASK = Sql.named("durability");

    private Durability() {}

    /** The settings that are off in this session, as {@code fsync = off}. */
    public static List<String> missing(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ASK)) {
            SqlArrays.setTexts(statement, 1, SETTINGS, name -> name);
            try (var row = statement.executeQuery()) {
                List<String> missing = new ArrayList<>();
                while (row.next()) {
                    missing.add(row.getString(1) + " = off");
                }
                return missing;
            }
        }
    }
}
