package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes a receiver's lock, then looks at its line: both in one round trip. Learns from each head where the line begins. */
final class LineLook {

    private static final String ENTER = Sql.named("lock") + ";\n" + Sql.named("pedido_state");
    private static final String ENTER_BRIEFLY = Sql.named("lock_briefly") + ";\n" + Sql.named("pedido_state");
    private static final String ENTER_HEAD = Sql.named("lock") + ";\n" + Sql.named("head");
    private static final String ENTER_HEAD_BRIEFLY = Sql.named("lock_briefly") + ";\n" + Sql.named("head");

    private final Handle handle;
    private final LineFronts fronts;
    private final LockPatience patience;

    LineLook(Handle handle, LineFronts fronts, LockPatience patience) {
        this.handle = handle;
        this.fronts = fronts;
        this.patience = patience;
    }

    /** Empty if the pedido is not in the ledger, or is in its archive. */
    Optional<PedidoState> pedido(String recebedorId, String pedidoId) throws SQLException {
        try (var enter = handle.getConnection().prepareStatement(patience.choose(ENTER, ENTER_BRIEFLY))) {
            enter.setString(1, recebedorId);
            enter.setLong(2, fronts.of(recebedorId));
            enter.setString(3, pedidoId);
            var row = patience.afterLock(enter);
            if (!row.next()) {
                return Optional.empty();
            }
            var state = PedidoState.of(row);
            learn(fronts, recebedorId, state, row);
            return Optional.of(state);
        }
    }

    /** Empty if nothing stands in the line. */
    Optional<Head> head(String recebedorId) throws SQLException {
        try (var statement = handle.getConnection().prepareStatement(patience.choose(ENTER_HEAD, ENTER_HEAD_BRIEFLY))) {
            statement.setString(1, recebedorId);
            statement.setString(2, recebedorId);
            statement.setLong(3, fronts.of(recebedorId));
            statement.setString(4, recebedorId);
            var row = patience.afterLock(statement);
            if (!row.next()) {
                return Optional.empty();
            }
            fronts.found(recebedorId, row.getLong("ordem"), row.getLong("oldest_running"));
            return Optional.of(Head.of(row));
        }
    }

    /**
     * The message may name another receiver than the row: then nothing is known of the line that is locked.
     *
     * @param locked the receiver whose lock is held
     */
    static void learn(LineFronts fronts, @Nullable String locked, PedidoState state, ResultSet row)
            throws SQLException {
        String recebedorId = row.getString("recebedor_id");
        if (state.head() && row.getBoolean("ordered") && recebedorId.equals(locked)) {
            fronts.found(recebedorId, row.getLong("ordem"), row.getLong("oldest_running"));
        }
    }
}
