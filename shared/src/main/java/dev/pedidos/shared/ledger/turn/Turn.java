package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One receiver's turn: a transaction that holds the receiver's lock from entering until its commit. Rolls back unless
 * committed. Every method that says "commits" ends the transaction and releases the lock.
 */
public interface Turn extends AutoCloseable {

    /** The transaction, for a handler's effects. */
    Handle handle();

    /**
     * Waits for the receiver's lock, then looks at the pedido. Empty if the ledger does not know the pedido.
     *
     * @throws ReceiverLockTimeout another session kept the lock for too long
     */
    Optional<PedidoState> enter(String recebedorId, String pedidoId) throws SQLException;

    /**
     * Waits for the receiver's lock, then looks at the head of its line. Empty if nothing stands in line.
     *
     * @throws ReceiverLockTimeout another session kept the lock for too long
     */
    Optional<Head> enterHead(String recebedorId) throws SQLException;

    /** Marks that this worker begins to try the pedido; commits. */
    void markBegun(Version version, String worker) throws SQLException;

    /**
     * Records the outcome together with the handler's effects; commits.
     *
     * @return whether a pedido behind it is parked: it may be the next one of the receiver
     */
    boolean finish(FinalState finished) throws SQLException;

    /**
     * Ends a cancelled pedido as REJECTED, without an attempt; commits.
     *
     * @return whether a pedido behind it is parked: it may be the next one of the receiver
     */
    boolean cancel(Version version, String recebedorId) throws SQLException;

    /** Parks the pedido until the one before it ends; commits. */
    void park(String pedidoId) throws SQLException;

    /**
     * Schedules another attempt; commits.
     *
     * @return the version of the next attempt; empty if the pedido changed in between, and nothing was recorded
     */
    Optional<Version> retry(Version version, AttemptUse use, Duration delay, Failure failure) throws SQLException;

    /**
     * Has the pedido wait in the ledger until a call to the dependency is allowed; commits. No attempt is used.
     *
     * @param suspect it may have ended a worker, and is still suspect when it may call
     * @return the version that waits; empty if the pedido changed in between, and nothing was recorded
     */
    Optional<Version> awaitSlot(Version version, String dependency, boolean suspect) throws SQLException;

    /** Makes the next attempt due now, whatever the database's clock says; commits. */
    void dueNow(Version version) throws SQLException;

    /** Has the relay publish the next attempt when it is due; commits. */
    void leaveToRelay(Version version) throws SQLException;

    /**
     * Gives the pedido up; commits.
     *
     * @return empty if the pedido changed in between, and nothing was recorded
     */
    Optional<Death> deadLetter(Version version, String motivo, Failure failure, OnDeadLetter onDeadLetter)
            throws SQLException;

    /** Records that other content came under this id, or counts it; commits. */
    void conflict(String pedidoId, byte[] refusedHash) throws SQLException;

    /** Makes the row agree with the final event that is already there; commits. */
    void adoptEffect(String pedidoId) throws SQLException;

    /** Ends the statement that another thread waits for: that statement fails, unless it has just succeeded. */
    void cancelStatement();

    /** Rolls back unless committed. */
    @Override
    void close();
}
