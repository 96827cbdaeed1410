package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators look at: who works, on what, and how far behind. */
public final class FleetReads {

    /**
     * The fleet in figures.
     *
     * @param shards with those that are being emptied
     * @param workers that live
     * @param parked pedidos that wait behind another one of their receiver
     */
    public record Counts(int shards, int workers, long parked) {}

    private static final String ANSWER = Sql.named("fleet_answer");
    private static final String COUNTS = Sql.named("fleet_counts");
    /** Counting what waits must not cost more the more there is. */
    private static final long MOST_COUNTED = 100_000;

    private static final String SHARDS = "select greatest(shards, draining) from fleet";

    private final Database database;

    public FleetReads(Database database) {
        this.database = database;
    }

    /**
     * The JSON comes out of the database as it is answered.
     *
     * @param backlogs messages ready by shard, null where that is unknown
     */
    public String fleet(List<@Nullable Integer> backlogs) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            var connection = handle.getConnection();
            try (var query = connection.prepareStatement(ANSWER)) {
                query.setArray(1, connection.createArrayOf("int4", backlogs.toArray()));
                query.setLong(2, MOST_COUNTED);
                try (var row = query.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        });
    }

    /** Those to be worked on, with those that are being emptied. */
    public int shards() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(SHARDS).mapTo(Integer.class).one());
    }

    public Counts counts() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .bind(0, MOST_COUNTED)
                        .map((row, context) ->
                                new Counts(row.getInt("shards"), row.getInt("workers"), row.getLong("parked")))
                        .one());
    }
}
