package dev.pedidos.shared.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One receiver's turn: a transaction that holds the receiver's lock, from entering to one of its endings. Closed without
 * an ending it is rolled back.
 *
 * <p>Statements that follow each other without a decision between them share a round trip (PostgreSQL runs
 * "a; b" of one message in order, and skips the rest after an error): lock and probe on the way in, outcome and COMMIT on
 * the way out.
 */
public final class Turn implements AutoCloseable {

    private static final String COMMIT = ";\ncommit";

    private static final String ENTER = Sql.named("lock") + ";\n" + Sql.named("standing");
    private static final String ENTER_HEAD = Sql.named("lock") + ";\n" + Sql.named("head");
    private static final String FINISH = Sql.named("finish") + COMMIT;
    private static final String PARK = Sql.named("park") + COMMIT;
    private static final String RETRY = Sql.named("retry") + COMMIT;
    private static final String DEAD_LETTER = Sql.named("dead_letter") + COMMIT;
    private static final String CONFLICT = Sql.named("conflict") + COMMIT;
    private static final String ADOPT_EFFECT = Sql.named("adopt_effect") + COMMIT;

    private final Handle handle;

    private Turn(Handle handle) {
        this.handle = handle;
    }

    public static Turn open(Database database) {
        var handle = database.jdbi().open();
        handle.begin();
        return new Turn(handle);
    }

    /** The transaction, for a handler's effects. */
    public Handle handle() {
        return handle;
    }

    /** Waits for the receiver's turn; empty where the ledger does not know the pedido. */
    public Optional<Standing> enter(String recebedorId, String pedidoId) throws SQLException {
        try (var statement = prepare(ENTER)) {
            statement.setString(1, recebedorId);
            statement.setString(2, pedidoId);
            var row = secondResult(statement);
            return row.next()
                    ? Optional.of(new Standing(
                            Status.valueOf(row.getString(1)),
                            row.getInt(2),
                            row.getInt(3),
                            row.getBytes(4),
                            row.getBoolean(5),
                            row.getBoolean(6)))
                    : Optional.empty();
        }
    }

    /** Waits for the receiver's turn; empty where nothing of it is unfinished. */
    public Optional<Head> enterHead(String recebedorId) throws SQLException {
        try (var statement = prepare(ENTER_HEAD)) {
            statement.setString(1, recebedorId);
            statement.setString(2, recebedorId);
            var row = secondResult(statement);
            return row.next()
                    ? Optional.of(new Head(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getBytes(6),
                            row.getInt(7),
                            row.getInt(8),
                            row.getBoolean(9)))
                    : Optional.empty();
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
            statement.setString(8, version.pedidoId());
            var row = onlyRow(statement);
            return row.orElseThrow(() -> new IllegalStateException("finish.sql returns a row"))
                    .getBoolean(2);
        }
    }

    /** Sets it aside until its turn, committed. */
    public void park(String pedidoId) throws SQLException {
        try (var statement = prepare(PARK)) {
            statement.setString(1, pedidoId);
            statement.execute();
        }
    }

    /**
     * Another attempt after a delay, committed.
     *
     * @param attempts 1 for a failed attempt, 0 where the handler put it off
     * @return the attempts made, or empty where the pedido changed meanwhile
     */
    public OptionalInt retry(Version version, int attempts, Duration delay, Failure failure) throws SQLException {
        try (var statement = prepare(RETRY)) {
            statement.setInt(1, attempts);
            statement.setLong(2, delay.toMillis());
            statement.setLong(3, delay.toMillis());
            setVersion(statement, 4, version);
            statement.setString(7, failure.erroClasse());
            statement.setString(8, failure.erroMensagem());
            var row = onlyRow(statement);
            return row.isPresent() ? OptionalInt.of(row.get().getInt(1)) : OptionalInt.empty();
        }
    }

    /** Gives it up, committed; empty where the pedido changed meanwhile. */
    public Optional<Death> deadLetter(Version version, String motivo, Failure failure) throws SQLException {
        try (var statement = prepare(DEAD_LETTER)) {
            statement.setString(1, motivo);
            setVersion(statement, 2, version);
            statement.setString(5, failure.erroClasse());
            statement.setString(6, failure.erroMensagem());
            var row = onlyRow(statement);
            return row.isPresent()
                    ? Optional.of(new Death(
                            row.get().getInt(1),
                            row.get().getString(2),
                            row.get().getString(3)))
                    : Optional.empty();
        }
    }

    /** Other content under the same id goes on the record, committed. */
    public void conflict(String pedidoId, byte[] refusedHash) throws SQLException {
        try (var statement = prepare(CONFLICT)) {
            statement.setString(1, pedidoId);
            statement.setString(2, HexFormat.of().formatHex(refusedHash));
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
        statement.setInt(from + 2, version.tentativas());
    }

    private static ResultSet secondResult(PreparedStatement statement) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        return statement.getResultSet();
    }

    private static Optional<ResultSet> onlyRow(PreparedStatement statement) throws SQLException {
        statement.execute();
        var row = statement.getResultSet();
        return row.next() ? Optional.of(row) : Optional.empty();
    }

    /** Ends the transaction where no ending has: a rollback costs a round trip only then. */
    @Override
    public void close() {
        if (!handle.isClosed()) {
            try (handle) {
                handle.rollback();
            }
        }
    }
}
