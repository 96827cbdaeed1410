package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.ledger.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Finds out which part of a ledger has changed since a moment. */
final class Changes {
    /** Longer than the transactions of the programs take, and than a clock is usually set back. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private static final String SINCE = Sql.read(Changes.class, "/scope/since.sql");
    /** The new events are read through their index, however many the planner expects. */
    private static final String BY_INDEX = "set local enable_seqscan = off";

    private static final String NEXT = "what has changed was found";

    private Changes() {}

    /** @param snapshot later statements of this transaction use indexes as well */
    static Extent.Changes find(Connection snapshot, Instant since, JudgingLimit limit) throws SQLException {
        Instant from = since.minus(MARGIN);
        try (var statement = snapshot.createStatement()) {
            statement.execute(BY_INDEX);
        }
        long after;
        long about;
        limit.apply(snapshot, NEXT);
        try (var statement = snapshot.prepareStatement(SINCE)) {
            statement.setTimestamp(1, Timestamp.from(from));
            try (var row = statement.executeQuery()) {
                row.next();
                after = row.getLong("after");
                about = row.getLong("about");
            }
        }
        String pedidos = Scope.changedAfter(after).query("count(*)", "select from judged_pedidos");
        limit.apply(snapshot, NEXT);
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(pedidos)) {
            row.next();
            return new Extent.Changes(since, from, after, row.getLong(1), about);
        }
    }
}
