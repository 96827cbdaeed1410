package dev.pedidos.shared.ledger.cancel;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.turn.LockPatience;
import dev.pedidos.shared.message.Cancelamento;
import java.util.Optional;

/** For the API: looks at pedidos that are to be cancelled, and ends those that need not wait for a worker. */
public final class Cancellations {
    private static final String LOOK = Sql.named("cancel_look");

    private static final String ID_IS_TAKEN =
            "select exists (select from known_pedidos where pedido_id = :pedido_id and tipo <> :tipo)";

    private final Database database;
    private final LockPatience patience = new LockPatience();

    public Cancellations(Database database) {
        this.database = database;
    }

    /** Empty if the ledger does not know the pedido. */
    public Optional<CancelLook> look(Cancelamento cancelamento) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LOOK)
                        .bind(0, cancelamento.pedidoId())
                        .bind(1, cancelamento.alvo())
                        .map((row, context) -> CancelLook.of(row))
                        .findOne());
    }

    /** Whether a pedido that is no cancellation has its id: 0.1.0 let clients choose such ids. */
    public boolean isIdTaken(Cancelamento cancelamento) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ID_IS_TAKEN)
                        .bind("pedido_id", cancelamento.pedidoId())
                        .bind("tipo", Cancelamento.TIPO)
                        .mapTo(Boolean.class)
                        .one());
    }

    /**
     * The cancellation is kept: a pedido that waits for its next attempt ends in its turn now, and a dead letter is discarded.
     * One transaction under the receiver's lock.
     *
     * @return the status of the pedido then; empty if the ledger does not know it
     */
    public Optional<PedidoStatus> applyNow(Cancelamento cancelamento) {
        String lock = patience.choose(CancelTarget.LOCK, CancelTarget.LOCK_BRIEFLY);
        try {
            return database.jdbi()
                    .inTransaction(handle -> CancelTarget.lock(handle, cancelamento, lock)
                            .map(target -> target.endWithoutWorker(handle)));
        } catch (RuntimeException e) {
            if (LedgerFault.isLockTimeout(e)) {
                patience.shorten();
            }
            throw e;
        }
    }
}
