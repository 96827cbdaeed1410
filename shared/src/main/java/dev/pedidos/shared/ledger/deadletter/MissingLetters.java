package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Marks dead letters that are missing from their queue, so that the relays publish them again. */
public final class MissingLetters {
    /** Letters per second, because the relays also publish pedidos meanwhile. */
    private static final int RATE = 500;

    private static final String PUBLISH_AGAIN = Sql.named("publish_letters_again");

    private final Database database;

    public MissingLetters(Database database) {
        this.database = database;
    }

    /** @return the number of letters whose rows had not been written since they were missed */
    public int publishAgain(List<MissingLetter> missing) throws SQLException {
        int again = 0;
        for (int from = 0; from < missing.size(); from += RATE) {
            again += publishAgain(missing.subList(from, Math.min(from + RATE, missing.size())), from / RATE);
        }
        return again;
    }

    private int publishAgain(List<MissingLetter> batch, int afterSeconds) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            var connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(PUBLISH_AGAIN)) {
                SqlArrays.setTexts(
                        statement, 1, batch, missing -> missing.letter().pedidoId());
                SqlArrays.setTexts(statement, 2, batch, MissingLetter::rowVersion);
                statement.setDouble(3, afterSeconds);
                return statement.executeUpdate();
            }
        });
    }
}
