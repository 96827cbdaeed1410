package dev.pedidos.shared.ledger.cancel;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.Cancelamento;
import java.util.Optional;

/** For the API: looks at pedidos that are to be cancelled, and ends those that need not wait for a worker. */
public final class Cancellations {
    private static final String LOOK = Sql.named("cancel_look");

    private final Database database;

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

    /**
     * The cancellation is kept: a pedido that waits for its next attempt ends in its turn now, and a dead letter is discarded.
     * One transaction under the receiver's lock.
     */
    public void hasten(Cancelamento cancelamento) {
        database.jdbi()
                .useTransaction(handle ->
                        CancelTarget.lock(handle, cancelamento).ifPresent(target -> target.endWithoutWorker(handle)));
    }
}
