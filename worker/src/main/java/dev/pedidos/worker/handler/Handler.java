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
     * The names of what it depends on besides the database, such as {@code "erp"}; each has a circuit breaker, shared by all
     * handlers that name it. Where one is open, the handler is not called and the pedido is put off.
     */
    default Set<String> dependencies() {
        return Set.of();
    }

    /**
     * Slow or external work, outside the transaction and only when it is this pedido's turn. It may be repeated: after a
     * crash, and wherever the turn was lost meanwhile.
     */
    default Preparation prepare(Pedido pedido) throws Exception {
        return Preparation.NONE;
    }

    /**
     * The effects, in the transaction that also records the outcome: all of it happens once, or nothing of it. Effects go
     * through {@code tx} only; it must neither be committed nor rolled back here. It is interrupted when it takes longer than
     * {@code PEDIDOS_HANDLER_LIMIT_MS}, as {@link #prepare} is. The database ends a transaction that asks nothing of it for
     * 20 s: what waits for others belongs in {@code prepare}.
     *
     * @throws TransientFailure tried again after a delay, dead-lettered when the attempts are spent
     * @throws PermanentFailure dead-lettered at once
     * @throws DependencyUnavailable put off, no attempt is used
     * @throws Exception anything else is classified by {@code dev.pedidos.worker.process.FailureKind}
     */
    Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception;
}
