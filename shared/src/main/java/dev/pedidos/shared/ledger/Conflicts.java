package dev.pedidos.shared.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Refused contents: their pedido_id is known with another content. Recorded as events up to a bound, and counted
 * beyond it.
 */
public final class Conflicts {
    public static final String RECORD = Sql.named("conflict");
    /** CONFLICT events of one pedido. The bound is needed because events are kept for ever. */
    private static final int MOST_RECORDED = 20;

    private Conflicts() {}

    /** @param ids of known pedidos, without duplicates */
    public static void record(Connection connection, List<String> ids, List<byte[]> refusedHashes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            bind(statement, ids, refusedHashes);
            statement.executeUpdate();
        }
    }

    public static void bind(PreparedStatement statement, List<String> ids, List<byte[]> refusedHashes)
            throws SQLException {
        SqlArrays.setTexts(statement, 1, ids, id -> id);
        SqlArrays.setBytes(statement, 2, refusedHashes, hash -> hash);
        for (int bound : new int[] {3, 4, 5}) {
            statement.setInt(bound, MOST_RECORDED);
        }
    }
}
