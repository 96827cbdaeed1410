package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The effects of a round in its ledger. */
final class Effects implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MS = 100;
    /** The order makes it a probe of an index: without it each look reads past all that are finished. */
    private static final String ANY_UNFINISHED = """
            select exists (
                select from pedidos where in_line order by recebedor_id, ordem, pedido_id limit 1)""";

    private static final String NEWEST = "select coalesce(max(id), 0) from operation_events";
    private static final String OF_EACH = """
            select external_id, (extract(epoch from occurred_at) * 1000000)::bigint
            from operation_events
            where id > ? and event_type in ('COMPLETED', 'REJECTED')""";
    private static final String DRAINED = """
            select count(*), min(occurred_at), max(occurred_at),
                   coalesce(min(occurred_at) filter (where place > total / 2), max(occurred_at)),
                   count(*) filter (where place > total / 2)
            from (
                select occurred_at, row_number() over (order by occurred_at) as place, count(*) over () as total
                from operation_events
                where id > ? and event_type in ('COMPLETED', 'REJECTED')
            ) effects""";

    /**
     * A backlog's way to its end.
     *
     * @param half when half of it was done
     * @param afterHalf the number of pedidos in the second half
     */
    record Drained(long count, Instant first, Instant last, Instant half, long afterHalf) {
        double perSecond() {
            return count / Seconds.between(first, last);
        }

        double warmPerSecond() {
            return afterHalf / Seconds.between(half, last);
        }
    }

    private final Connection connection;

    Effects(DatabaseUrl database) throws SQLException {
        connection = Ledger.connect(database);
    }

    /** The number of the newest event. */
    long newest() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(NEWEST)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns when every accepted pedido is final. */
    void awaitAll() throws SQLException, IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var statement = connection.prepareStatement(ANY_UNFINISHED)) {
            while (isTrue(statement)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(RootLocale.format(
                            "pedidos were unfinished after %d s: see the worker's log", PATIENCE.toSeconds()));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        }
    }

    private static boolean isTrue(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** When each pedido took effect, just before the commit, in microseconds since 1970. */
    Map<String, Long> microsSince(long event) throws SQLException {
        Map<String, Long> effects = new HashMap<>();
        try (var statement = connection.prepareStatement(OF_EACH)) {
            statement.setLong(1, event);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    effects.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return effects;
    }

    Drained drainedSince(long event) throws SQLException {
        try (var statement = connection.prepareStatement(DRAINED)) {
            statement.setLong(1, event);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Drained(
                        row.getLong(1),
                        moment(row.getTimestamp(2)),
                        moment(row.getTimestamp(3)),
                        moment(row.getTimestamp(4)),
                        row.getLong(5));
            }
        }
    }

    private static Instant moment(Timestamp time) {
        return time.toInstant();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
