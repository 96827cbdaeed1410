package dev.pedidos.shared.ledger;

import dev.pedidos.shared.message.Letter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Knows which copies of dead letters are no longer true. */
public final class StaleLetters {

    private static final String STALE = Sql.named("stale_letters");

    private final Database database;

    public StaleLetters(Database database) {
        this.database = database;
    }

    public Set<Letter> among(Collection<Letter> letters) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            var connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(STALE)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", letters.stream().map(Letter::pedidoId).toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "integer", letters.stream().map(Letter::ciclo).toArray()));
                Set<Letter> stale = new HashSet<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        stale.add(new Letter(rows.getString(1), rows.getInt(2)));
                    }
                }
                return stale;
            }
        });
    }
}
