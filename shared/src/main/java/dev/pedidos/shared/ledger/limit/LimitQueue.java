package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.relay.Due;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The pedidos that wait until a dependency may be called. Of all workers one releases the next ones at a time.
 *
 * @param bytes the most that the pedidos released together may have; a larger one is released alone
 */
public record LimitQueue(Database database, long bytes) {

    /** How long a worker has to publish a released pedido. After that the relay publishes it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Pedidos released at once, at most. */
    public static final int MOST = 100;

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('limit:' || ?, 2))";
    private static final String WAITS = Sql.named("limit_line");
    private static final String RELEASE = Sql.named("limit_call");
    private static final String FORGET = Sql.named("limit_line_forget");
    private static final String LIFT = Sql.named("limit_lift");
    private static final String DEPENDENCIES = Sql.named("limit_lines");

    /** The dependencies that pedidos wait for. */
    public List<String> dependencies() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(DEPENDENCIES).mapTo(String.class).list());
    }

    /** Releases as many as there are slots for, each group's in turn. They are to be published now. */
    public List<Due> releaseNext(Limit limit) {
        boolean waits = database.jdbi()
                .withHandle(handle -> handle.createQuery(WAITS)
                        .bind("dependencia", limit.dependency())
                        .mapTo(Boolean.class)
                        .one());
        return waits ? release(limit) : List.of();
    }

    private List<Due> release(Limit limit) {
        return database.jdbi().inTransaction(handle -> {
            boolean first = handle.createQuery(TRY_LOCK)
                    .bind(0, limit.dependency())
                    .mapTo(Boolean.class)
                    .one();
            if (!first) {
                return List.of();
            }
            return handle
                    .createQuery(RELEASE)
                    .bind("dependencia", limit.dependency())
                    .bind("calls", limit.rate().calls())
                    .bind("ahead", Limit.aheadSeconds())
                    .bind("most", MOST)
                    .bind("bytes", bytes)
                    .bind("lease", LEASE.toSeconds())
                    .map((row, context) -> Due.of(row))
                    .list()
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        });
    }

    /** Lets the first ones go on without a slot: nothing limits the dependency any more. */
    public void lift(String dependency) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(LIFT)
                        .bind("dependencia", dependency)
                        .execute());
    }

    /** Removes pedidos that no longer wait. */
    public void forget(String dependency) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(FORGET)
                        .bind("dependencia", dependency)
                        .execute());
    }
}
