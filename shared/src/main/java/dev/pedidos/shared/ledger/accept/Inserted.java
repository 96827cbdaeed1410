package dev.pedidos.shared.ledger.accept;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The result of an insert. */
public sealed interface Inserted {

    /** It is in the ledger now, and was not before. */
    record New() implements Inserted {}

    /**
     * It was there, with the same content.
     *
     * @param answer the pedido as it is now, as JSON; empty if it is large: then it is read by itself
     */
    record Replay(Optional<String> answer) implements Inserted {}

    /** It was there with other content. A CONFLICT event records this. */
    record Conflict() implements Inserted {}

    /** Of a row of {@code accepted_before.sql}. */
    static Inserted ofKnown(ResultSet row) throws SQLException {
        return row.getBoolean("same") ? new Replay(Optional.ofNullable(row.getString("answer"))) : new Conflict();
    }
}
