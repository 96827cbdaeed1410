package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Mends dead letters: those that are missing from their queue, and those without their failure. */
public final class MissingLetters {
    /** Letters per second, because the relays also publish pedidos meanwhile. */
    private static final int RATE = 500;

    private static final String PUBLISH_AGAIN = Sql.named("publish_letters_again");

    private static final String ADOPT = Sql.named("adopt_letters");
    private static final int ADOPTED_AT_ONCE = 500;

    private final Database database;

    public MissingLetters(Database database) {
        this.database = database;
    }

    /**
     * Copies the failure of dead letters from their events, where a worker of version 0.1.0 has recorded them during an upgrade: those
     * are in no list. Does some of them; call it again for the others.
     */
    public void adopt() {
        database.jdbi().useHandle(handle -> handle.execute(ADOPT, ADOPTED_AT_ONCE));
    }

    /**
     * Marks letters that are missing from their queue, so that the relays publish them again.
     *
     * @return the number of letters whose rows had not been written since they were missed
     */
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
