package dev.pedidos.worker.operacao;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationEventType;
import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Estado;
import dev.pedidos.shared.operation.EventVerdict;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.OperationStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An operation's row, locked until the transaction ends.
 *
 * @param recebedorId of the first event that came
 * @param someWait events of it wait
 */
record OperationRow(Connection tx, String externalId, String recebedorId, Operation operation, boolean someWait) {
    private static final String LOCK = Sql.read(OperationRow.class, "/sql/operation_lock.sql");
    private static final String LOCK_ALL = Sql.read(OperationRow.class, "/sql/operation_lock_all.sql");
    private static final String OPEN = Sql.named("open_operations");
    private static final String WAITING = Sql.read(OperationRow.class, "/sql/operation_waiting.sql");
    private static final String OUTCOMES = Sql.read(OperationRow.class, "/sql/operation_outcomes.sql");
    private static final String APPLIED = OUTCOMES + ";\n" + Sql.read(OperationRow.class, "/sql/operation_applied.sql");

    /** The rows of a lot, in an order that all lots have. */
    static void lockAll(Connection tx, List<OperationEvent> events) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(LOCK_ALL)) {
            SqlArrays.setTexts(
                    statement,
                    1,
                    events.stream().map(OperationEvent::externalId).distinct().toList(),
                    id -> id);
            statement.execute();
        }
    }

    /** The API opens an operation before any message of it is published, but for APIs of an older version. */
    static OperationRow locked(Connection tx, OperationEvent event) throws SQLException {
        Optional<OperationRow> row = find(tx, event);
        if (row.isEmpty()) {
            open(tx, event);
            row = find(tx, event);
        }
        return row.orElseThrow(() -> new IllegalStateException("no operation was opened for " + event.pedidoId()));
    }

    private static Optional<OperationRow> find(Connection tx, OperationEvent event) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(LOCK)) {
            statement.setString(1, event.externalId());
            statement.setString(2, event.type().name());
            statement.setBytes(3, HexFormat.of().parseHex(event.payloadHash()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new OperationRow(
                                tx,
                                event.externalId(),
                                row.getString("recebedor_id"),
                                operation(row),
                                row.getBoolean("some_wait")))
                        : Optional.empty();
            }
        }
    }

    private static void open(Connection tx, OperationEvent event) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(OPEN)) {
            SqlArrays.setTexts(statement, 1, List.of(event), OperationEvent::pedidoId);
            statement.executeUpdate();
        }
    }

    private static Operation operation(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return new Operation(
                status == null ? OperationStatus.NONE : OperationStatus.valueOf(status),
                row.getLong("version"),
                row.getLong("valor_centavos"),
                row.getString("motivo"));
    }

    /** The events that wait, in the order received. */
    List<Entry> waiting() throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(WAITING)) {
            statement.setString(1, externalId);
            try (ResultSet row = statement.executeQuery()) {
                List<Entry> waiting = new ArrayList<>();
                while (row.next()) {
                    waiting.add(new Entry(
                            OperationEventType.valueOf(row.getString("event_type")),
                            row.getString("payload_hash"),
                            row.getLong("centavos"),
                            row.getString("motivo")));
                }
                return waiting;
            }
        }
    }

    void write(Entry event, Arrival arrival) throws SQLException {
        List<Arrival.Decided> decided = new ArrayList<>(List.of(new Arrival.Decided(event, arrival.verdict())));
        decided.addAll(arrival.moved());
        boolean applied = arrival.verdict() instanceof EventVerdict.Applied;
        try (PreparedStatement statement = tx.prepareStatement(applied ? APPLIED : OUTCOMES)) {
            statement.setString(1, externalId);
            SqlArrays.setTexts(statement, 2, decided, one -> one.event().type().name());
            SqlArrays.setBytes(
                    statement,
                    3,
                    decided,
                    one -> HexFormat.of().parseHex(one.event().payloadHash()));
            SqlArrays.setTexts(
                    statement, 4, decided, one -> Estado.of(one.verdict()).name());
            SqlArrays.setTexts(statement, 5, decided, one -> Estado.motivo(one.verdict()));
            if (applied) {
                Operation after = arrival.after();
                statement.setString(6, after.status().name());
                statement.setLong(7, after.version());
                statement.setLong(8, after.valorCentavos());
                statement.setString(9, after.motivo());
                statement.setString(10, externalId);
            }
            statement.execute();
        }
    }
}
