package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What was taken from the open queue becomes part of the ledger: a transaction that nobody else has at the same time. Closed
 * without a commit it is rolled back.
 */
public final class IntakeTransaction implements AutoCloseable {
    private static final String TRY_LOCK = Sql.named("try_intake_lock");
    private static final String LAST_UNNOTED = Sql.named("last_unnoted");
    private static final String EARLIER_ORDEM = Sql.named("earlier_ordem");

    private final Handle handle;
    private final PedidoInserts notes;

    private IntakeTransaction(Handle handle, PedidoInserts notes) {
        this.handle = handle;
        this.notes = notes;
    }

    /** Empty where somebody else has it. */
    public static Optional<IntakeTransaction> tryBegin(Database database, PedidoInserts notes) {
        var transaction = new IntakeTransaction(database.jdbi().open(), notes);
        try {
            transaction.handle.begin();
            if (transaction.handle.createQuery(TRY_LOCK).mapTo(Boolean.class).one()) {
                return Optional.of(transaction);
            }
        } catch (RuntimeException e) {
            try (transaction) {
                throw e;
            }
        }
        transaction.close();
        return Optional.empty();
    }

    /** The last place that was taken from the open queue, of those receivers that still have such pedidos in their line. */
    public Map<String, Long> lastUnnoted(Collection<String> recebedores) throws SQLException {
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(LAST_UNNOTED)) {
            statement.setArray(1, connection.createArrayOf("text", recebedores.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Long> last = new HashMap<>();
                while (rows.next()) {
                    last.put(rows.getString(1), rows.getLong(2));
                }
                return last;
            }
        }
    }

    /**
     * As {@link PedidoInserts#note}.
     *
     * @param batch no id twice
     */
    public List<Inserted> note(List<NewPedido> batch) throws SQLException {
        return notes.note(handle.getConnection(), batch);
    }

    /**
     * One that was accepted without a note and noted all the same keeps its earlier place. After the last note: this holds
     * rows that those who mark want, and a note may have to wait for them.
     */
    public void keepEarlierPlaces(List<NewPedido> known) throws SQLException {
        List<NewPedido> unnoted =
                known.stream().filter(pedido -> pedido.acceptedMicros() != null).toList();
        if (unnoted.isEmpty()) {
            return;
        }
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(EARLIER_ORDEM)) {
            statement.setArray(1, PedidoInserts.texts(connection, unnoted, NewPedido::pedidoId));
            statement.setArray(2, PedidoInserts.hashes(connection, unnoted));
            statement.setArray(3, PedidoInserts.column(connection, "bigint", unnoted, NewPedido::acceptedMicros));
            statement.executeUpdate();
        }
    }

    public void record(RefusedMessage message) throws SQLException {
        RefusedMessages.record(handle.getConnection(), message);
    }

    public void commit() {
        handle.commit();
        handle.close();
    }

    @Override
    public void close() {
        if (!handle.isClosed()) {
            try (handle) {
                handle.rollback();
            }
        }
    }
}
