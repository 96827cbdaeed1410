package dev.pedidos.shared.ledger.cancel;

import dev.pedidos.shared.ledger.PedidoStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A look at a pedido that is to be cancelled.
 *
 * @param shown its status as clients see it: PROCESSING while an attempt goes on
 * @param undoable a worker has registered that it can undo a COMPLETED one of this tipo
 * @param cancelamento the status of its cancellation; empty if it has none
 */
public record CancelLook(
        PedidoStatus status,
        PedidoStatus shown,
        String tipo,
        boolean undoable,
        String recebedorId,
        Optional<PedidoStatus> cancelamento) {

    /** The same pedido in the status that it has now; clients are shown what it had before. */
    public CancelLook in(PedidoStatus now) {
        return new CancelLook(now, shown, tipo, undoable, recebedorId, cancelamento);
    }

    /** @param row of {@code sql/cancel_look.sql} */
    static CancelLook of(ResultSet row) throws SQLException {
        return new CancelLook(
                PedidoStatus.valueOf(row.getString("status")),
                PedidoStatus.valueOf(row.getString("shown")),
                row.getString("tipo"),
                row.getBoolean("desfaz"),
                row.getString("recebedor_id"),
                Optional.ofNullable(row.getString("cancelamento")).map(PedidoStatus::valueOf));
    }
}
