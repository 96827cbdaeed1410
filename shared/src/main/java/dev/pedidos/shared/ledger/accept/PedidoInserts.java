package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.AnswerTimeout;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.SerializationRetry;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.ledger.SqlTime;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.OperationEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Inserts accepted pedidos, many with one commit. */
public final class PedidoInserts {
    /**
     * The transaction has its number before the statement looks at the lines: LineFronts relies on that. The driver sends both in
     * one transaction as long as every parameter has a type.
     */
    private static final String INSERT = "select pg_current_xact_id();\n" + Sql.named("insert_pedidos");

    private static final String INSERT_ALL_TIPOS =
            String.join(";\n", INSERT, Sql.named("insert_cancelamentos"), Sql.named("open_operations"));

    private static final String ACCEPTED_BEFORE = Sql.named("accepted_before");
    private static final String ARCHIVED_BEFORE = Sql.named("archived_before");

    private final Database database;
    private final Duration relayGrace;
    private final LongConsumer places;

    /**
     * @param relayGrace how long the broker's confirm may take before the relay publishes the pedido again
     * @param places gets the last place that each statement has given
     */
    public PedidoInserts(Database database, Duration relayGrace, LongConsumer places) {
        this.database = database;
        this.relayGrace = relayGrace;
        this.places = places;
    }

    /**
     * Inserts all or none. Takes one round trip if all are new, two if not, three if some are archived, one more if there
     * is a conflict; one more with events of operations: those whose operation belongs to another receiver are conflicts.
     * If one was archived while this was under way, all begins again.
     *
     * @param batch no id twice
     * @return for each, in the order of the batch
     * @throws SQLException whether they are inserted is unknown; a JdbiException where there was no connection
     */
    public List<Inserted> insert(List<NewPedido> batch) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            AnswerTimeout.shorten(handle);
            Connection connection = handle.getConnection();
            return SerializationRetry.run(() -> insertFromHere(connection, batch));
        });
    }

    private List<Inserted> insertFromHere(Connection connection, List<NewPedido> batch) throws SQLException {
        Set<String> elsewhere = OperationReceivers.elsewhere(connection, batch);
        return elsewhere.isEmpty() ? insertAndRecord(connection, batch) : insertOthers(connection, batch, elsewhere);
    }

    private List<Inserted> insertAndRecord(Connection connection, List<NewPedido> batch) throws SQLException {
        List<Inserted> found = insert(connection, batch);
        RefusedContents.record(connection, RefusedContents.of(batch, found));
        return found;
    }

    private List<Inserted> insertOthers(Connection connection, List<NewPedido> batch, Set<String> elsewhere)
            throws SQLException {
        Iterator<Inserted> others = insertAndRecord(
                        connection,
                        batch.stream()
                                .filter(pedido -> !elsewhere.contains(pedido.pedidoId()))
                                .toList())
                .iterator();
        return batch.stream()
                .map(pedido -> elsewhere.contains(pedido.pedidoId()) ? new Inserted.Conflict() : others.next())
                .toList();
    }

    /**
     * As {@link #insert(List)}, in the transaction of this connection. It records no conflict: see {@link RefusedContents}.
     *
     * @param batch no id twice, and no event of an operation
     * @throws SQLException if it is a serialization failure, the transaction can be repeated at once
     */
    public List<Inserted> insert(Connection connection, List<NewPedido> batch) throws SQLException {
        Set<String> fresh = insertNew(connection, batch);
        if (fresh.size() == batch.size()) {
            return batch.stream().<Inserted>map(pedido -> new Inserted.New()).toList();
        }
        List<NewPedido> known = batch.stream()
                .filter(pedido -> !fresh.contains(pedido.pedidoId()))
                .toList();
        Map<String, Inserted> before = acceptedBefore(connection, known);
        List<Inserted> result = new ArrayList<>(batch.size());
        for (NewPedido pedido : batch) {
            Inserted found = fresh.contains(pedido.pedidoId()) ? new Inserted.New() : before.get(pedido.pedidoId());
            if (found == null) {
                throw new IllegalStateException("neither new nor known: " + pedido.pedidoId());
            }
            result.add(found);
        }
        return result;
    }

    private Set<String> insertNew(Connection connection, List<NewPedido> batch) throws SQLException {
        List<NewPedido> cancellations = ofTipo(Cancelamento.TIPO, batch);
        List<NewPedido> operations = ofTipo(OperationEvent.TIPO, batch);
        boolean needsNoFollowUp = cancellations.isEmpty() && operations.isEmpty();
        try (PreparedStatement statement = connection.prepareStatement(needsNoFollowUp ? INSERT : INSERT_ALL_TIPOS)) {
            bind(statement, batch);
            if (!needsNoFollowUp) {
                SqlArrays.setTexts(statement, 10, cancellations, NewPedido::pedidoId);
                SqlArrays.setTexts(statement, 11, operations, NewPedido::pedidoId);
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                return newIds(rows, batch.size());
            }
        }
    }

    private void bind(PreparedStatement statement, List<NewPedido> batch) throws SQLException {
        SqlArrays.setTexts(statement, 1, batch, NewPedido::pedidoId);
        SqlArrays.setTexts(statement, 2, batch, NewPedido::tipo);
        SqlArrays.setTexts(statement, 3, batch, NewPedido::recebedorId);
        SqlArrays.setTexts(statement, 4, batch, NewPedido::origem);
        SqlArrays.setTexts(statement, 5, batch, NewPedido::payload);
        SqlArrays.setBytes(statement, 6, batch, NewPedido::payloadHash);
        SqlArrays.set(statement, 7, "boolean", batch, NewPedido::ordered);
        SqlArrays.set(statement, 8, "bigint", batch, NewPedido::acceptedMicros);
        statement.setDouble(9, SqlTime.seconds(relayGrace));
    }

    private Set<String> newIds(ResultSet rows, int most) throws SQLException {
        Set<String> ids = HashSet.newHashSet(most);
        long last = 0;
        while (rows.next()) {
            ids.add(rows.getString("pedido_id"));
            if (!rows.getBoolean("unnoted")) {
                last = Math.max(last, rows.getLong("ordem"));
            }
        }
        places.accept(last);
        return ids;
    }

    static List<NewPedido> ofTipo(String tipo, List<NewPedido> batch) {
        return batch.stream().filter(pedido -> pedido.tipo().equals(tipo)).toList();
    }

    private static Map<String, Inserted> acceptedBefore(Connection connection, List<NewPedido> known)
            throws SQLException {
        Map<String, Inserted> before = acceptedBefore(connection, ACCEPTED_BEFORE, known);
        List<NewPedido> archived = known.stream()
                .filter(pedido -> !before.containsKey(pedido.pedidoId()))
                .toList();
        if (!archived.isEmpty()) {
            before.putAll(acceptedBefore(connection, ARCHIVED_BEFORE, archived));
        }
        return before;
    }

    private static Map<String, Inserted> acceptedBefore(Connection connection, String query, List<NewPedido> known)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            SqlArrays.setTexts(statement, 1, known, NewPedido::pedidoId);
            SqlArrays.setBytes(statement, 2, known, NewPedido::payloadHash);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, Inserted> result = HashMap.newHashMap(known.size());
                while (rows.next()) {
                    result.put(rows.getString("pedido_id"), Inserted.ofKnown(rows));
                }
                return result;
            }
        }
    }
}
