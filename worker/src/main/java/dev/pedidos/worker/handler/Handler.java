package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes pedidos of one tipo take effect. Found by {@link java.util.ServiceLoader}, also in jars of the plugins folder; it
 * needs a public constructor without parameters and must be safe for many threads.
 */
public interface Handler {

    /** The motivo of a cancellation whose pedido no handler can undo. */
    String NAO_CANCELAVEL = "NAO_CANCELAVEL";

    /** The tipo it handles: 1 to 64 of {@code A-Z a-z 0-9 . _ : -}. */
    String tipo();

    /**
     * The names of the systems that its attempts need, such as {@code "erp"}. Each has a circuit breaker besides that
     * of {@link Calls}. It judges whole attempts: only {@link DependencyUnavailable} counts as a failure. All handlers
     * of a worker that name the system share it. While it is open, the worker calls neither {@link #prepare} nor
     * {@link #apply}, and puts the pedido off.
     */
    default Set<String> dependencies() {
        return Set.of();
    }

    /**
     * The systems that {@link #prepare} waits for. At most three quarters of {@code PEDIDOS_ESPERAS} handlers wait for
     * one system at a time, so a slow system cannot take all permits. It is asked once, at the start.
     */
    default Set<String> waitsFor() {
        return dependencies();
    }

    /**
     * Slow or external work, outside the transaction, only for the head of its line. It may be called again for the same pedido:
     * after a crash, and if the pedido changed in between.
     *
     * @throws Exception as {@link #apply} does. An {@link java.sql.SQLException} of any other database than the ledger is the
     *     handler's own, whatever its SQLSTATE: the pedido is tried again, as after a {@link TransientFailure}
     */
    default Preparation prepare(Pedido pedido) throws Exception {
        return Preparation.NONE;
    }

    /**
     * As {@link #prepare(Pedido)}, for a handler that calls other systems: it makes each call through {@code calls}. Override one
     * of the two.
     */
    default Preparation prepare(Pedido pedido, Calls calls) throws Exception {
        return prepare(pedido);
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
     * @throws Exception anything else: {@code docs/handlers.md#failures} says what it means
     */
    Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception;

    /**
     * Undoes the effect of a COMPLETED pedido that a client has cancelled, in the transaction that also records it as CANCELLED: all
     * of it happens once, or nothing. The rules of {@link #apply} hold here too: its failures are tried again, and dead-lettered
     * after the last attempt, as failures of the cancellation. A handler that does not override this cannot undo: a client that
     * cancels a COMPLETED pedido of its tipo is answered 409 not-cancellable.
     *
     * @param resultado that {@link #apply} gave; null if it gave none
     */
    default Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) throws Exception {
        return new Undo.Refused(NAO_CANCELAVEL);
    }
}
