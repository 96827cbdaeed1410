package dev.pedidos.shared.ledger.turn;

import java.sql.SQLException;
import java.util.Optional;

/** Opens receivers' turns. */
public interface Turns {

    Turn open();

    /**
     * Waits for the receiver's lock and looks at the pedido, as {@link Turn#enter}. The lock is free again when this returns.
     *
     * @return empty if the ledger does not know the pedido, or has archived it
     * @throws ReceiverLockTimeout another session kept the lock for too long
     */
    Optional<PedidoState> look(String recebedorId, String pedidoId) throws SQLException;

    /** For pedidos of several receivers. */
    LotTurn openLot();

    /** Whether a living worker has a handler for the tipo. */
    boolean anyWorkerHandles(String tipo) throws SQLException;

    /** Whether a living worker can undo a COMPLETED pedido of the tipo. */
    boolean anyWorkerUndoes(String tipo) throws SQLException;

    /** Takes a begin mark of this worker back, without the receiver's lock: it has not tried the pedido. */
    void unmark(String pedidoId, String worker);

    /** A row was waited for in vain: for some seconds turns wait for locks only briefly. */
    void shortenWaits();

    /** A turn that holds the receiver's lock, whatever happened to the pedido in between. */
    default Turn entered(String recebedorId, String pedidoId) throws SQLException {
        var turn = open();
        try {
            turn.enter(recebedorId, pedidoId);
            return turn;
        } catch (SQLException | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    /** The head of the receiver's line, if it is parked. */
    default Optional<Head> parkedHeadOf(String recebedorId) throws SQLException {
        try (var turn = open()) {
            return turn.enterHead(recebedorId).filter(Head::parked);
        }
    }
}
