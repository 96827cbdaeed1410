package dev.pedidos.shared.ledger.accept;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What an insert found. */
public sealed interface Inserted {

    /** It is in the ledger now, and was not before. */
    record New() implements Inserted {}

    /**
     * It was there, with the same content.
     *
     * @param answer the pedido as it is now, as JSON
     */
    record Replay(String answer) implements Inserted {}

    /** It was there with other content. A CONFLICT event records this. */
    record Conflict() implements Inserted {}

    /** Of a row of {@code accepted_before.sql}: no answer means other content. */
    static Inserted ofKnown(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        return answer == null ? new Conflict() : new Replay(answer);
    }
}
