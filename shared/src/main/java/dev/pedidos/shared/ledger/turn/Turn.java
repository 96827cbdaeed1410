package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Conflicts;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Death;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One receiver's turn: a transaction that holds the receiver's lock, from entering to one of its endings. Closed without
 * an ending it is rolled back.
 *
 * <p>Statements that follow each other without a decision between them share a round trip (PostgreSQL runs
 * "a; b" of one message in order, and skips the rest after an error): lock and probe on the way in, outcome and COMMIT on
 * the way out.
 */
public final class Turn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final String COMMIT = ";\ncommit";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String ENTER = Sql.named("lock") + ";\n" + Sql.named("standing");
    private static final String ENTER_HEAD = Sql.named("lock") + ";\n" + Sql.named("head");
    private static final String BEGIN = Sql.named("begin") + COMMIT;
    private static final String FINISH = Sql.named("finish") + COMMIT;
    private static final String PARK = Sql.named("park") + COMMIT;
    private static final String RETRY = Sql.named("retry") + COMMIT;
    private static final String DUE_NOW = Sql.named("due_now") + COMMIT;
    private static final String DEAD_LETTER = Sql.named("dead_letter") + COMMIT;
    private static final String CONFLICT = Conflicts.RECORD + COMMIT;
    private static final String ADOPT_EFFECT = Sql.named("adopt_effect") + COMMIT;

    private final Handle handle;
    private final Duration signOfLife;
    private final LineFronts fronts;

    private Turn(Handle handle, Duration signOfLife, LineFronts fronts) {
        this.handle = handle;
        this.signOfLife = signOfLife;
        this.fronts = fronts;
    }

    /** @param signOfLife after which the relay looks at a parked pedido that nobody has gone on with */
    public static Turn open(Database database, Duration signOfLife) {
        return open(database, signOfLife, new LineFronts());
    }

    /** @param fronts what this program has learned of the lines */
    public static Turn open(Database database, Duration signOfLife, LineFronts fronts) {
        var handle = database.jdbi().open();
        handle.begin();
        return new Turn(handle, signOfLife, fronts);
    }

    /** The transaction, for a handler's effects. */
    public Handle handle() {
        return handle;
    }

    /**
     * Waits for the receiver's turn; empty where the ledger does not know the pedido.
     *
     * @throws ReceiverLockTimeout it was not to be had in time
     */
    public Optional<PedidoState> enter(String recebedorId, String pedidoId) throws SQLException {
        try (var statement = prepare(ENTER)) {
            statement.setString(1, recebedorId);
            statement.setLong(2, fronts.of(recebedorId));
            statement.setString(3, pedidoId);
            var row = afterLock(statement);
            return row.next() ? Optional.of(standing(row, recebedorId)) : Optional.empty();
        }
    }

    private PedidoState standing(ResultSet row, String recebedorId) throws SQLException {
        boolean first = row.getBoolean(10);
        if (first && row.getBoolean(11)) {
            fronts.found(recebedorId, row.getLong(12), row.getLong(13));
        }
        String begun = row.getString(8);
        return new PedidoState(
                Status.valueOf(row.getString(1)),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getBytes(5),
                row.getBoolean(6),
                row.getLong(7),
                begun == null ? Optional.empty() : Optional.of(new PedidoState.Beginner(begun, row.getBoolean(9))),
                first);
    }

    /**
     * Waits for the receiver's turn; empty where its line is.
     *
     * @throws ReceiverLockTimeout it was not to be had in time
     */
    public Optional<Head> enterHead(String recebedorId) throws SQLException {
        try (var statement = prepare(ENTER_HEAD)) {
            statement.setString(1, recebedorId);
            statement.setString(2, recebedorId);
            statement.setLong(3, fronts.of(recebedorId));
            statement.setString(4, recebedorId);
            var row = afterLock(statement);
            if (!row.next()) {
                return Optional.empty();
            }
            fronts.found(recebedorId, row.getLong(12), row.getLong(13));
            return Optional.of(new Head(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBytes(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getInt(9),
                    row.getBoolean(10),
                    row.getBoolean(11)));
        }
    }

    /** Marks that this worker is about to try it, committed. */
    public void begin(Version version, String worker) throws SQLException {
        try (var statement = prepare(BEGIN)) {
            statement.setString(1, worker);
            setVersion(statement, 2, version);
            statement.execute();
        }
    }

    /**
     * The outcome with its effects, committed.
     *
     * @param status COMPLETED or REJECTED
     * @param resultado JSON
     * @return whether the receiver's next pedido waits parked
     */
    public boolean finish(
            Version version, String recebedorId, Status status, @Nullable String motivo, @Nullable String resultado)
            throws SQLException {
        try (var statement = prepare(FINISH)) {
            statement.setString(1, status.name());
            statement.setString(2, motivo);
            statement.setString(3, resultado);
            setVersion(statement, 4, version);
            statement.setString(7, recebedorId);
            statement.setLong(8, fronts.of(recebedorId));
            statement.setString(9, version.pedidoId());
            statement.setString(10, recebedorId);
            statement.setString(11, version.pedidoId());
            var row = onlyRow(statement).orElseThrow(() -> new IllegalStateException("finish.sql returns a row"));
            if (row.getBoolean(3)) {
                fronts.finished(recebedorId, row.getLong(4), row.getLong(5));
            }
            return row.getBoolean(2);
        }
    }

    /** Sets it aside until its turn, committed. */
    public void park(String pedidoId) throws SQLException {
        try (var statement = prepare(PARK)) {
            statement.setDouble(1, signOfLife.toMillis() / 1000.0);
            statement.setString(2, pedidoId);
            statement.execute();
        }
    }

    /**
     * Another attempt after a delay, committed.
     *
     * @param attempts 1 for a failed attempt, 0 where it was put off
     * @return the version of the next attempt, or empty where the pedido changed meanwhile
     */
    public Optional<Version> retry(Version version, int attempts, Duration delay, Failure failure) throws SQLException {
        try (var statement = prepare(RETRY)) {
            statement.setInt(1, attempts);
            statement.setLong(2, delay.toMillis());
            statement.setString(3, failure.erroClasse());
            statement.setString(4, failure.erroMensagem());
            setVersion(statement, 5, version);
            var row = onlyRow(statement);
            return row.isPresent()
                    ? Optional.of(new Version(
                            version.pedidoId(),
                            version.ciclo(),
                            row.get().getInt(1),
                            row.get().getInt(2)))
                    : Optional.empty();
        }
    }

    /** Its delay has passed, whatever the database's clock says: committed. */
    public void dueNow(Version version) throws SQLException {
        try (var statement = prepare(DUE_NOW)) {
            setVersion(statement, 1, version);
            statement.execute();
        }
    }

    /**
     * Gives it up, committed; empty where the pedido changed meanwhile.
     *
     * @param hold whether its receiver waits for it, if it stands in its line
     */
    public Optional<Death> deadLetter(Version version, String motivo, Failure failure, boolean hold)
            throws SQLException {
        try (var statement = prepare(DEAD_LETTER)) {
            statement.setString(1, motivo);
            statement.setBoolean(2, hold);
            statement.setString(3, failure.erroClasse());
            statement.setString(4, failure.erroMensagem());
            setVersion(statement, 5, version);
            var row = onlyRow(statement);
            return row.isPresent()
                    ? Optional.of(new Death(
                            motivo,
                            failure.erroClasse(),
                            row.get().getInt(1),
                            row.get().getString(2),
                            row.get().getString(3)))
                    : Optional.empty();
        }
    }

    /** Other content under the same id goes on the record, or is counted, committed. */
    public void conflict(String pedidoId, byte[] refusedHash) throws SQLException {
        try (var statement = prepare(CONFLICT)) {
            Conflicts.bind(statement, List.of(pedidoId), List.of(refusedHash));
            statement.execute();
        }
    }

    /** The row follows the final event that is already there, committed. */
    public void adoptEffect(String pedidoId) throws SQLException {
        try (var statement = prepare(ADOPT_EFFECT)) {
            statement.setString(1, pedidoId);
            statement.execute();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        Connection connection = handle.getConnection();
        return connection.prepareStatement(sql);
    }

    private static void setVersion(PreparedStatement statement, int from, Version version) throws SQLException {
        statement.setString(from, version.pedidoId());
        statement.setInt(from + 1, version.ciclo());
        statement.setInt(from + 2, version.agendamento());
    }

    private static ResultSet afterLock(PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
        } catch (SQLException e) {
            throw LOCK_NOT_AVAILABLE.equals(e.getSQLState()) ? new ReceiverLockTimeout(e) : e;
        }
        statement.getMoreResults();
        return statement.getResultSet();
    }

    private static Optional<ResultSet> onlyRow(PreparedStatement statement) throws SQLException {
        statement.execute();
        var row = statement.getResultSet();
        return row.next() ? Optional.of(row) : Optional.empty();
    }

    /** Has the database end the statement that another thread waits for; it fails then, or has just been done. */
    public void cancelStatement() {
        try {
            handle.getConnection().unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException gone) {
            LOG.info("a statement could not be cancelled; statement_timeout ends it ({})", gone.toString());
        }
    }

    /**
     * Ends the transaction where no ending has: a rollback costs a round trip only then. Where the connection is lost the
     * database rolls back by itself, and what was to be told of the transaction is more than that.
     */
    @Override
    public void close() {
        if (!handle.isClosed()) {
            try (handle) {
                handle.rollback();
            } catch (JdbiException lost) {
                LOG.debug("a transaction could not be rolled back, the database does it ({})", lost.toString());
            }
        }
    }
}
