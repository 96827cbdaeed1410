package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads for operators: which workers live, what they work on, and how far behind they are. */
public final class FleetReads {

    /**
     * The fleet in figures.
     *
     * @param shards including those that are being emptied
     * @param workers that live
     * @param parked pedidos that wait behind another one of their receiver
     */
    public record Counts(int shards, int workers, long parked) {
        private static Counts of(ResultSet row) throws SQLException {
            return new Counts(row.getInt("shards"), row.getInt("workers"), row.getLong("parked"));
        }
    }

    private static final String ANSWER = Sql.named("fleet_answer");
    private static final String COUNTS = Sql.named("fleet_counts");
    /** A bound, so that counting does not cost more the more pedidos wait. */
    private static final long MOST_COUNTED = 100_000;

    private static final String SHARDS = "select greatest(shards, draining) from fleet";

    private final Database database;

    public FleetReads(Database database) {
        this.database = database;
    }

    /**
     * The answer as JSON; the database writes it as the client gets it.
     *
     * @param backlogs messages ready by shard; null if unknown
     */
    public String fleet(List<@Nullable Integer> backlogs) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            var connection = handle.getConnection();
            try (var query = connection.prepareStatement(ANSWER)) {
                query.setArray(1, connection.createArrayOf("int4", backlogs.toArray()));
                query.setLong(2, MOST_COUNTED);
                try (var row = query.executeQuery()) {
                    row.next();
                    return row.getString("answer");
                }
            }
        });
    }

    /** The number of shards to work on, including those that are being emptied. */
    public int shards() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(SHARDS).mapTo(Integer.class).one());
    }

    public Counts counts() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .bind(0, MOST_COUNTED)
                        .map((row, context) -> Counts.of(row))
                        .one());
    }
}
