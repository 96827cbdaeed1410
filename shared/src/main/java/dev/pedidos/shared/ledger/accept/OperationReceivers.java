package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.message.OperationEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An operation belongs to the receiver of the first event that came. A batch without events costs nothing. Two first events
 * at the same moment both pass; then the worker refuses one of them.
 */
final class OperationReceivers {
    private static final String ELSEWHERE = Sql.named("operations_elsewhere");

    private OperationReceivers() {}

    /** The ids of the events that must not be accepted. */
    static Set<String> elsewhere(Connection connection, List<NewPedido> batch) throws SQLException {
        List<NewPedido> events = PedidoInserts.ofTipo(OperationEvent.TIPO, batch);
        if (events.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(ELSEWHERE)) {
            SqlArrays.setTexts(statement, 1, events, NewPedido::pedidoId);
            SqlArrays.setTexts(statement, 2, events, NewPedido::recebedorId);
            SqlArrays.setTexts(statement, 3, events, NewPedido::payload);
            try (ResultSet rows = statement.executeQuery()) {
                Set<String> ids = new HashSet<>();
                while (rows.next()) {
                    ids.add(rows.getString("pedido_id"));
                }
                return ids;
            }
        }
    }
}
