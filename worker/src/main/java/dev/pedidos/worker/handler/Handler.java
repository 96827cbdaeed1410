package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Makes pedidos of one tipo take effect. Found by {@link java.util.ServiceLoader}, also in jars of the plugins folder; it
 * needs a public constructor without parameters and must be safe for many threads.
 */
public interface Handler {

    /** The tipo it handles: 1 to 64 of {@code A-Z a-z 0-9 . _ : -}. */
    String tipo();

    /**
     * The names of its dependencies besides the database, such as {@code "erp"}. Each has a circuit breaker, which all handlers
     * that name it share. While one is open, the handler is not called and the pedido is put off.
     */
    default Set<String> dependencies() {
        return Set.of();
    }

    /**
     * Slow or external work, outside the transaction, only for the head of its line. It may be called again for the same pedido:
     * after a crash, and if the pedido changed in between.
     */
    default Preparation prepare(Pedido pedido) throws Exception {
        return Preparation.NONE;
    }

    /**
     * The effects, in the transaction that also records the outcome: all of it happens once, or nothing. Effects go through
     * {@code tx} only. Do not commit it or roll it back here. The call is interrupted after {@code PEDIDOS_HANDLER_LIMIT_MS}, as
     * {@link #prepare} is. The database ends a transaction that sends no statement for 20 s: work that waits for others belongs in
     * {@code prepare}.
     *
     * @throws TransientFailure the pedido is tried again after a delay, and dead-lettered after its last attempt
     * @throws PermanentFailure the pedido is dead-lettered at once
     * @throws DependencyUnavailable the pedido is put off, no attempt is used
     * @throws Exception {@code dev.pedidos.worker.turn.FailureKind} classifies anything else
     */
    Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception;
}
