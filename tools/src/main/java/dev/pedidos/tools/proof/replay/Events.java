package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the events in the order of their ids, some at a time. */
final class Events {
    /** A transaction of a program is shorter than a second. */
    private static final long PATIENCE_SECONDS = 60;

    private static final long LOOK_EVERY_MS = 20;
    private static final String NEWEST = "select coalesce(max(id), 0) from replay.events";
    private static final String FIRST = "select coalesce(min(id), 0) from replay.events";
    private static final String WRITERS = Sql.named("event_writers");

    private final Connection ledger;
    private final Session session;

    Events(Connection ledger) {
        this.ledger = ledger;
        this.session = new Session(ledger);
    }

    /**
     * An id up to which no event can appear any more. An id is given before its event is committed: waits for those that
     * are writing events now, as {@code sql/events_newest.sql} does.
     */
    long settled() throws SQLException, InterruptedException {
        long newest = newest();
        List<String> writers = writers();
        long from = System.nanoTime();
        while (!writers.isEmpty()) {
            if (System.nanoTime() - from > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new SQLException(RootLocale.format(
                        "a transaction has been writing events for %d s and does not end; nothing was compared",
                        PATIENCE_SECONDS));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            writers.retainAll(writers());
        }
        return newest;
    }

    long newest() throws SQLException {
        return session.number(NEWEST);
    }

    long first() throws SQLException {
        return session.number(FIRST);
    }

    /** A stretch of events. */
    record Stretch(long count, long until) {}

    /** The next events after an id. */
    Stretch next(long after, long until, int most) throws SQLException {
        String few = RootLocale.format(
                "select count(*), coalesce(max(id), 0) from (select id from replay.events where id > %d and id <= %d"
                        + " order by id limit %d) few",
                after, until, most);
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(few)) {
            row.next();
            return new Stretch(row.getLong(1), row.getLong(2));
        }
    }

    private List<String> writers() throws SQLException {
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(WRITERS)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }
}
