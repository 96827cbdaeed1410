package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.AnswerTimeout;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerLock;
import dev.pedidos.shared.ledger.LockTimeout;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.ledger.fleet.TipoRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Inserts what was taken from the open queue. Only one instance has this transaction at a time. Rolls back unless committed.
 */
public final class IntakeTransaction implements AutoCloseable {
    private static final String TRY_LOCK = Sql.named("try_intake_lock");
    private static final String LAST_PLACES = Sql.named("last_unnoted");
    /**
     * Shorter than {@code deadlock_timeout}: it holds rows that others wait for, and must not wait long for more. If it does not get
     * them, the messages go back and are taken again.
     */
    private static final Duration INTAKE_LOCK_WAIT = Duration.ofMillis(900);

    private static final String EARLIER_ORDEM = Sql.named("earlier_ordem");

    private final Handle handle;
    private final PedidoInserts inserts;
    private final List<NewPedido> refused = new ArrayList<>();

    private IntakeTransaction(Handle handle, PedidoInserts inserts) {
        this.handle = handle;
        this.inserts = inserts;
    }

    /** Empty if another instance has it. */
    public static Optional<IntakeTransaction> tryBegin(Database database, PedidoInserts inserts) {
        return LedgerLock.tryTake(database, IntakeTransaction::begin, TRY_LOCK)
                .map(handle -> new IntakeTransaction(handle, inserts));
    }

    private static void begin(Handle handle) {
        AnswerTimeout.shorten(handle);
        handle.begin();
    }

    /** Read in this transaction: one that waited for a second session would keep all others from the queue. */
    public Set<String> registeredTipos() {
        return TipoRegistry.readBy(handle);
    }

    /** The last place of each receiver that still has pedidos from the open queue in its line. */
    public Map<String, Long> lastPlaces(Collection<String> recebedores) throws SQLException {
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(LAST_PLACES)) {
            SqlArrays.setTexts(statement, 1, recebedores, id -> id);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Long> last = new HashMap<>();
                while (rows.next()) {
                    last.put(rows.getString("recebedor_id"), rows.getLong("ordem"));
                }
                return last;
            }
        }
    }

    /**
     * As {@link PedidoInserts#insert}.
     *
     * @param batch no id twice
     */
    public List<Inserted> insert(List<NewPedido> batch) throws SQLException {
        List<Inserted> found = inserts.insert(handle.getConnection(), batch);
        refused.addAll(RefusedContents.of(batch, found));
        return found;
    }

    /**
     * A pedido that the broker accepted and that was inserted all the same keeps the earlier of its places. Call it after the
     * last insert: it locks rows that marks wait for, and an insert may have to wait for a mark.
     */
    public void keepEarlierPlaces(List<NewPedido> known) throws SQLException {
        List<NewPedido> byBroker =
                known.stream().filter(NewPedido::keptByBroker).toList();
        if (byBroker.isEmpty()) {
            return;
        }
        LockTimeout.set(handle, INTAKE_LOCK_WAIT);
        Connection connection = handle.getConnection();
        try (PreparedStatement statement = connection.prepareStatement(EARLIER_ORDEM)) {
            SqlArrays.setTexts(statement, 1, byBroker, NewPedido::pedidoId);
            SqlArrays.setBytes(statement, 2, byBroker, NewPedido::payloadHash);
            SqlArrays.set(statement, 3, "bigint", byBroker, NewPedido::acceptedMicros);
            statement.executeUpdate();
        }
    }

    public void record(RefusedMessage message) throws SQLException {
        RefusedMessages.record(handle.getConnection(), message);
    }

    public void commit() throws SQLException {
        RefusedContents.record(handle.getConnection(), refused);
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
