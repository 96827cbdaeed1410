package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.tools.proof.laws.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** No transaction stays open in the database, and no receiver stays locked. */
final class LeftoversLaw {
    /** The idle timeout of a transaction whose program has died takes up to this. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final String OPEN = """
            select format('%s in a transaction for %s s, %s, %s advisory locks', application_name,
                          extract(epoch from clock_timestamp() - xact_start)::integer, state,
                          (select count(*) from pg_locks l where l.pid = a.pid and l.locktype = 'advisory'))
            from pg_stat_activity a
            where backend_type = 'client backend'
              and pid <> pg_backend_pid()
              and xact_start < clock_timestamp() - interval '3 seconds'
            """;

    private LeftoversLaw() {}

    static Verdict check(Connection superuser) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var open = open(superuser);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            open = open(superuser);
        }
        return new Verdict(
                "no-transaction-is-left-open",
                "all connections of the database",
                open.size(),
                open.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static List<String> open(Connection superuser) throws SQLException {
        List<String> open = new ArrayList<>();
        try (var statement = superuser.createStatement();
                var row = statement.executeQuery(OPEN)) {
            while (row.next()) {
                open.add(row.getString(1));
            }
        }
        return open;
    }
}
