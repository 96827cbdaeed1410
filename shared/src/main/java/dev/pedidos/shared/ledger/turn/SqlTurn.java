package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.Conflicts;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlTime;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Version;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A turn in PostgreSQL. Statements without a decision between them share a round trip: the lock and the look at the pedido,
 * then the outcome and COMMIT. PostgreSQL runs "a; b" of one message in order, and skips the rest after an error.
 */
final class SqlTurn implements Turn {

    private static final String ARCHIVED_STATE = Sql.named("archived_state");
    private static final String MARK_BEGUN = Sql.named("mark_begun") + TurnTransaction.COMMIT;
    private static final String FINISH = Sql.named("finish") + TurnTransaction.COMMIT;
    private static final String PARK = Sql.named("park") + TurnTransaction.COMMIT;
    private static final String RETRY = Sql.named("retry") + TurnTransaction.COMMIT;
    private static final String AWAIT_SLOT = Sql.named("await_slot") + TurnTransaction.COMMIT;
    private static final String DUE_NOW = Sql.named("due_now") + TurnTransaction.COMMIT;
    private static final String LEAVE_TO_RELAY = Sql.named("leave_to_relay") + TurnTransaction.COMMIT;
    private static final String DEAD_LETTER = Sql.named("dead_letter") + TurnTransaction.COMMIT;
    private static final String CONFLICT = Conflicts.RECORD + TurnTransaction.COMMIT;
    private static final String ADOPT_EFFECT = Sql.named("adopt_effect") + TurnTransaction.COMMIT;

    private final TurnTransaction transaction;
    private final Duration signOfLife;
    private final LineFronts fronts;
    private final LineLook look;

    private SqlTurn(TurnTransaction transaction, Duration signOfLife, LineFronts fronts, LockPatience patience) {
        this.transaction = transaction;
        this.signOfLife = signOfLife;
        this.fronts = fronts;
        this.look = new LineLook(transaction.handle(), fronts, patience);
    }

    /**
     * @param signOfLife the relay looks at a parked pedido after this time without news
     * @param fronts what this program knows of the lines
     * @param patience of this program for locks
     */
    static SqlTurn open(Database database, Duration signOfLife, ServerFronts fronts, LockPatience patience) {
        var transaction = TurnTransaction.open(database);
        return new SqlTurn(transaction, signOfLife, fronts.of(transaction.server()), patience);
    }

    @Override
    public Handle handle() {
        return transaction.handle();
    }

    @Override
    public Optional<PedidoState> enter(String recebedorId, String pedidoId) throws SQLException {
        var state = look.pedido(recebedorId, pedidoId);
        return state.isPresent() ? state : archived(pedidoId);
    }

    private Optional<PedidoState> archived(String pedidoId) throws SQLException {
        try (var statement = transaction.prepare(ARCHIVED_STATE)) {
            statement.setString(1, pedidoId);
            var row = onlyRow(statement);
            return row.isPresent() ? Optional.of(PedidoState.archived(row.get())) : Optional.empty();
        }
    }

    @Override
    public Optional<Head> enterHead(String recebedorId) throws SQLException {
        return look.head(recebedorId);
    }

    @Override
    public void markBegun(Version version, String worker) throws SQLException {
        try (var statement = transaction.prepare(MARK_BEGUN)) {
            statement.setString(1, worker);
            setVersion(statement, 2, version);
            statement.execute();
        }
    }

    @Override
    public boolean finish(FinalState finished) throws SQLException {
        return end(finished, 1);
    }

    @Override
    public boolean cancel(Version version, String recebedorId) throws SQLException {
        return end(new FinalState(version, recebedorId, PedidoStatus.REJECTED, Cancelamento.MOTIVO, null), 0);
    }

    private boolean end(FinalState finished, int attempts) throws SQLException {
        try (var statement = transaction.prepare(FINISH)) {
            statement.setString(1, finished.status().name());
            statement.setString(2, finished.motivo());
            statement.setString(3, finished.resultado());
            statement.setInt(4, attempts);
            setVersion(statement, 5, finished.version());
            statement.setString(8, finished.recebedorId());
            statement.setString(9, finished.version().pedidoId());
            var row = onlyRow(statement).orElseThrow(() -> new IllegalStateException("finish.sql returns a row"));
            if (row.getBoolean("ordered")) {
                fronts.finished(finished.recebedorId(), row.getLong("ordem"), row.getLong("transaction"));
            }
            return row.getBoolean("parked_behind");
        }
    }

    @Override
    public void park(String pedidoId) throws SQLException {
        try (var statement = transaction.prepare(PARK)) {
            statement.setDouble(1, SqlTime.seconds(signOfLife));
            statement.setString(2, pedidoId);
            statement.execute();
        }
    }

    @Override
    public Optional<Version> retry(Version version, AttemptUse use, Duration delay, Failure failure)
            throws SQLException {
        try (var statement = transaction.prepare(RETRY)) {
            statement.setInt(1, use.attempts());
            statement.setLong(2, delay.toMillis());
            statement.setString(3, failure.erroClasse());
            statement.setString(4, failure.erroMensagem());
            setVersion(statement, 5, version);
            return next(version, onlyRow(statement));
        }
    }

    @Override
    public Optional<Version> awaitSlot(Version version, String dependency, boolean suspect) throws SQLException {
        try (var statement = transaction.prepare(AWAIT_SLOT)) {
            statement.setString(1, dependency);
            statement.setBoolean(2, suspect);
            setVersion(statement, 3, version);
            return next(version, onlyRow(statement));
        }
    }

    private static Optional<Version> next(Version version, Optional<ResultSet> row) throws SQLException {
        return row.isPresent()
                ? Optional.of(new Version(
                        version.pedidoId(),
                        version.ciclo(),
                        row.get().getInt("agendamento"),
                        row.get().getInt("tentativas")))
                : Optional.empty();
    }

    @Override
    public void dueNow(Version version) throws SQLException {
        execute(DUE_NOW, version);
    }

    @Override
    public void leaveToRelay(Version version) throws SQLException {
        execute(LEAVE_TO_RELAY, version);
    }

    private void execute(String sql, Version version) throws SQLException {
        try (var statement = transaction.prepare(sql)) {
            setVersion(statement, 1, version);
            statement.execute();
        }
    }

    @Override
    public Optional<Death> deadLetter(Version version, String motivo, Failure failure, OnDeadLetter onDeadLetter)
            throws SQLException {
        try (var statement = transaction.prepare(DEAD_LETTER)) {
            statement.setString(1, motivo);
            statement.setBoolean(2, onDeadLetter == OnDeadLetter.HOLD);
            statement.setString(3, failure.erroClasse());
            statement.setString(4, failure.erroMensagem());
            setVersion(statement, 5, version);
            var row = onlyRow(statement);
            return row.isPresent()
                    ? Optional.of(new Death(
                            motivo,
                            failure.erroClasse(),
                            row.get().getInt("tentativas"),
                            row.get().getString("first_failure"),
                            row.get().getString("last_failure")))
                    : Optional.empty();
        }
    }

    @Override
    public void conflict(String pedidoId, byte[] refusedHash) throws SQLException {
        try (var statement = transaction.prepare(CONFLICT)) {
            Conflicts.bind(statement, List.of(pedidoId), List.of(refusedHash));
            statement.execute();
        }
    }

    @Override
    public void adoptEffect(String pedidoId) throws SQLException {
        try (var statement = transaction.prepare(ADOPT_EFFECT)) {
            statement.setString(1, pedidoId);
            statement.execute();
        }
    }

    private static void setVersion(PreparedStatement statement, int from, Version version) throws SQLException {
        statement.setString(from, version.pedidoId());
        statement.setInt(from + 1, version.ciclo());
        statement.setInt(from + 2, version.agendamento());
    }

    private static Optional<ResultSet> onlyRow(PreparedStatement statement) throws SQLException {
        statement.execute();
        var row = statement.getResultSet();
        return row.next() ? Optional.of(row) : Optional.empty();
    }

    @Override
    public void cancelStatement() {
        transaction.cancelStatement();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
