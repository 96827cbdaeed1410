package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.message.OperationEventType;
import dev.pedidos.shared.operation.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * An event of an operation, as the ledger has it.
 *
 * @param id the order received
 * @param recebedorId that it names
 * @param decided a worker has decided about it
 * @param dropped when that was is not known any more: the month of its pedido was dropped
 */
public record StoredEvent(Entry entry, long id, String recebedorId, boolean decided, boolean dropped) {

    /** @param row of {@code operations/history.sql} or {@code replay/operations.sql} */
    public static StoredEvent of(ResultSet row) throws SQLException {
        return new StoredEvent(
                new Entry(
                        OperationEventType.valueOf(row.getString("event_type")),
                        row.getString("payload_hash"),
                        row.getLong("centavos"),
                        row.getString("event_motivo")),
                row.getLong("event_id"),
                Objects.requireNonNullElse(row.getString("event_recebedor_id"), ""),
                row.getObject("effect", Long.class) != null,
                row.getBoolean("dropped"));
    }

    public void addTo(Fold fold) {
        if (decided) {
            fold.addDecided(entry, id, recebedorId);
        } else {
            fold.addUndecided(entry, id);
        }
    }
}
