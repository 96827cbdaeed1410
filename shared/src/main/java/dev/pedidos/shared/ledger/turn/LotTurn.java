package dev.pedidos.shared.ledger.turn;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The turns of several receivers in one transaction, which holds all their locks from entering until its commit. Rolls back
 * unless committed.
 */
public interface LotTurn extends AutoCloseable {

    /** A pedido to look at. */
    record Asked(String pedidoId, String recebedorId) {}

    /**
     * A pedido as it was found.
     *
     * @param behind the pedido directly before it in its receiver's line; empty if it is the head or stands in no line
     */
    record Found(String pedidoId, PedidoState state, Optional<String> behind) {}

    /** The transaction, for a handler's effects. */
    Handle handle();

    /**
     * The pending pedidos of a tipo in the order of their receiver's line, looked for among its first ones. Nothing is locked: what
     * {@link #enter} finds counts. The line may have others before, between and behind them.
     *
     * @param most this many places of the line are looked at
     * @return the first one, and as many more as have 1 MiB of content together
     */
    List<Head> nextHeads(String recebedorId, String tipo, int most) throws SQLException;

    /**
     * Waits for the locks of all receivers, then looks at the pedidos. Each receiver's come in the order of its line; those that
     * the ledger does not have are missing.
     *
     * @throws ReceiverLockTimeout another session kept one of the locks for too long
     */
    List<Found> enter(List<Asked> lot) throws SQLException;

    /**
     * Records the outcomes together with the handler's effects; commits.
     *
     * @param finished each receiver's in the order of its line
     * @return the receivers with a parked pedido behind these: it may be the next one
     */
    Set<String> finish(List<FinalState> finished) throws SQLException;

    /** Ends the statement that another thread waits for: that statement fails, unless it has just succeeded. */
    void cancelStatement();

    /** Rolls back unless committed. */
    @Override
    void close();
}
