package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.Letter;
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

    /** @return the number of letters that were still dead and counted as published */
    public int publishAgain(List<Letter> missing) throws SQLException {
        int again = 0;
        for (int from = 0; from < missing.size(); from += RATE) {
            again += publishAgain(missing.subList(from, Math.min(from + RATE, missing.size())), from / RATE);
        }
        return again;
    }

    private int publishAgain(List<Letter> batch, int afterSeconds) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            var connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(PUBLISH_AGAIN)) {
                LetterAudit.setLetters(statement, batch);
                statement.setDouble(3, afterSeconds);
                return statement.executeUpdate();
            }
        });
    }
}
