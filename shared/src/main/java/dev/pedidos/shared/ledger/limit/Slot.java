package dev.pedidos.shared.ledger.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A slot for one call.
 *
 * @param pause until the call may begin, counted from the moment at which the slot was taken
 * @param freeAgain when it is free again, as the database writes it
 */
public record Slot(int number, Duration pause, String freeAgain) {

    static Slot of(ResultSet row) throws SQLException {
        return new Slot(row.getInt("vaga"), Duration.ofMillis(row.getLong("wait_ms")), row.getString("livre_em"));
    }
}
