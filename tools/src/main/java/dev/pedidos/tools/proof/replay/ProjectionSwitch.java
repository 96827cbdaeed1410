package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts rebuilt rows in place, in one transaction. Only rows that differ are written: the tables keep their indexes and
 * rights, and the programs wait for a moment only. Their events are folded again while nobody else writes, so whatever
 * happened since the comparison counts.
 */
public final class ProjectionSwitch {
    /** Longer ones must not hold up the fleet: those who wait behind this one get on. */
    private static final String LOCK = """
            set local lock_timeout = '300ms';
            lock table public.estoque, public.reservas, public.operations, public.operation_outcomes, public.pedidos
            in exclusive mode
            """;

    private static final int TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final String DIFFERING_PEDIDOS = Statements.compare(
            "pedidos",
            "replay.mended",
            "(select * from replay.stored_pedidos where pedido_id in (select id from replay.keys))");
    private static final String OPERATIONS_OF_KEYS =
            "(select * from replay.events where external_id in (select 'operacao/' || id from replay.keys))";
    private static final String KEY_EVENTS =
            "(select * from replay.key_events where external_id in (select id from replay.keys)"
                    + " or event_type = 'RECEBEDOR_LIBERADO')";
    private static final String MOVES = Statements.moves(KEY_EVENTS, "replay.mended");
    private static final String STOCK = "select count(*) from replay.differences where projection = 'estoque'";
    private static final String STOCK_WITHOUT_EVENTS = STOCK + " and what = 'has no event'";
    /** Nothing in the archive is changed. */
    private static final String WITHOUT_ARCHIVED =
            "delete from replay.keys k using arquivados a where a.pedido_id = k.id"
                    + " and not exists (select from pedidos p where p.pedido_id = k.id)";

    private static final String WAKE = Sql.named("wake");

    private final Connection ledger;
    private final Session session;

    /**
     * The changes that were made.
     *
     * @param written rows of each projection that were inserted, changed or deleted
     * @param left differences that no event can mend
     */
    public record Result(List<Written> written, long left) {}

    /** Rows of a projection. */
    public record Written(String projection, long rows) {}

    ProjectionSwitch(Connection ledger) {
        this.ledger = ledger;
        this.session = new Session(ledger);
    }

    Result run() throws SQLException, InterruptedException {
        ledger.setAutoCommit(false);
        try {
            lock();
            List<Written> written = new ArrayList<>();
            foldAgain();
            List<String> receivers = receivers();
            written.add(pedidos());
            keys("'reservas'");
            long archived = session.execute(WITHOUT_ARCHIVED);
            written.add(reservas());
            written.add(archived == 0 ? estoque() : new Written("estoque", 0));
            wake(receivers);
            keys("'pedidos', 'reservas'");
            long left = archived
                    + session.number("select count(*) from (" + DIFFERING_PEDIDOS + ") d")
                    + session.number(archived == 0 ? STOCK_WITHOUT_EVENTS : STOCK);
            left += operations(written);
            ledger.commit();
            return new Result(written, left);
        } finally {
            ledger.rollback();
            ledger.setAutoCommit(true);
        }
    }

    /** Waits for the transactions that write, never long at once: programs stand in line behind this one. */
    private void lock() throws SQLException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                session.execute(LOCK);
                session.execute("set local lock_timeout = 0");
                return;
            } catch (SQLException e) {
                ledger.rollback();
                if (!LedgerFault.isInUse(e)) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw new SQLException("the tables are in use all the time; nothing was changed: try again", e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** The pedidos that differ, from all their events. */
    private void foldAgain() throws SQLException {
        keys("'pedidos', 'reservas'");
        session.execute("truncate replay.mended, replay.key_events");
        session.execute("insert into replay.key_events "
                + Statements.eventsOf("select * from replay.events", "select id from replay.keys"));
        session.execute(Statements.NO_LOOPS);
        session.execute("insert into replay.mended " + Statements.fold(KEY_EVENTS, Statements.NONE));
        session.execute(Statements.LOOPS);
        session.execute("analyze replay.keys, replay.mended, replay.key_events");
    }

    private Written pedidos() throws SQLException {
        long changed = session.execute(Sql.fill(statement("pedidos"), Map.of("differing", DIFFERING_PEDIDOS)));
        session.execute(statement("webhooks"));
        return new Written("pedidos", changed + session.execute(statement("missing")));
    }

    private Written reservas() throws SQLException {
        long deleted = session.execute(statement("reservas_delete"));
        long inserted = session.execute(Sql.fill(statement("reservas_insert"), Map.of("moves", MOVES)));
        return new Written("reservas", Math.max(deleted, inserted));
    }

    /** Stock follows from the reservations, so from right ones only. */
    private Written estoque() throws SQLException {
        return new Written("estoque", stockDiffers() ? session.execute(statement("estoque")) : 0);
    }

    private long operations(List<Written> written) throws SQLException {
        keys("'operations', 'operation_outcomes'");
        session.execute("delete from replay.operations where external_id in (select id from replay.keys)");
        session.execute("delete from replay.operation_outcomes where external_id in (select id from replay.keys)");
        try (var tables = new OperationTables(ledger)) {
            Operations.read(ledger, OPERATIONS_OF_KEYS, "replay.events", tables::add);
        }
        written.add(new Written("operations", session.execute(statement("operations"))));
        session.execute(statement("outcomes_delete"));
        written.add(new Written("operation_outcomes", session.execute(statement("outcomes_insert"))));
        return left("operations") + left("operation_outcomes");
    }

    private long left(String projection) throws SQLException {
        String ofKeys = "(select * from %s where external_id in (select id from replay.keys))";
        return session.number("select count(*) from ("
                + Statements.compare(
                        projection,
                        ofKeys.replace("%s", "replay." + projection),
                        ofKeys.replace("%s", "public." + projection))
                + ") d");
    }

    private void keys(String projections) throws SQLException {
        session.execute("truncate replay.keys");
        session.execute("insert into replay.keys select distinct id from replay.differences where projection in ("
                + projections + ")");
    }

    private boolean stockDiffers() throws SQLException {
        return session.number("select count(*) from replay.differences where projection in ('estoque', 'reservas')")
                > 0;
    }

    /** Receivers whose line may have another head now. */
    private List<String> receivers() throws SQLException {
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery("select recebedor_id from replay.mended where recebedor_id is not null"
                        + " union select p.recebedor_id from pedidos p join replay.keys k on k.id = p.pedido_id")) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    private void wake(List<String> receivers) throws SQLException {
        try (var statement = ledger.prepareStatement(WAKE)) {
            for (String receiver : receivers) {
                statement.setString(1, receiver);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String statement(String name) {
        return Statements.named("switch_" + name);
    }
}
