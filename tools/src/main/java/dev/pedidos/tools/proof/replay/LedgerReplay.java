package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Rebuilds every projection from the events in tables of its own, and compares. Nearly all events are folded in short
 * statements while the fleet runs. The last ones are folded on the snapshot on which everything is compared.
 */
public final class LedgerReplay implements AutoCloseable {
    private static final long ONE_AT_A_TIME = 0x7265706c61790000L;
    private static final String ALL = "replay.events";

    private final Connection ledger;
    private final Rebuild rebuild;

    /**
     * The result.
     *
     * @param events that were folded
     * @param took the rebuilding, without the comparison
     * @param withoutContent pedidos whose content is only in their row
     * @param droppedOperations not compared: pedidos of their events were in dropped months
     */
    public record Result(
            long events, Duration took, List<Projection> projections, long withoutContent, long droppedOperations) {
        public boolean equal() {
            return projections.stream().allMatch(Projection::equal);
        }

        public double perSecond() {
            return events / Math.max(took.toNanos() / 1e9, 1e-9);
        }
    }

    /** @param owner may create a schema, and change the tables if the rebuilt rows are put in place */
    public LedgerReplay(DatabaseUrl owner) throws SQLException {
        this.ledger = Ledger.connect(owner);
        this.rebuild = new Rebuild(ledger);
    }

    /** @return false if somebody else replays this ledger */
    public boolean begin() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::isAlone);
    }

    private boolean isAlone() throws SQLException {
        try (var statement = ledger.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, ONE_AT_A_TIME);
            try (var row = statement.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return false;
                }
            }
        }
        rebuild.begin();
        return true;
    }

    public Result run(ReplayWatch watch) throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, () -> rebuilt(watch));
    }

    private Result rebuilt(ReplayWatch watch) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        var events = new Events(ledger);
        long settled = events.settled();
        long first = events.first();
        watch.begins(settled - first + 1);
        rebuild.settled(settled, place -> watch.at(place - first + 1));
        ledger.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        ledger.setAutoCommit(false);
        try {
            rebuild.newest(events.newest());
            try (var tables = new OperationTables(ledger)) {
                Operations.read(ledger, ALL, ALL, tables::add);
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var comparison = new Comparison(ledger);
            var result = new Result(
                    rebuild.count(),
                    took,
                    comparison.all(),
                    comparison.withoutContent(),
                    comparison.droppedOperations());
            ledger.commit();
            return result;
        } finally {
            ledger.rollback();
            ledger.setAutoCommit(true);
            ledger.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** Puts the rebuilt rows in place of those that {@link #run} found to differ. */
    public ProjectionSwitch.Result putInPlace() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, () -> new ProjectionSwitch(ledger).run());
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }
}
