package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import org.jdbi.v3.core.Handle;

/**
 * Makes pedidos of one tipo take effect. Found by {@link java.util.ServiceLoader}, also in jars of the plugins folder; it
 * needs a public constructor without parameters and must be safe for many threads.
 */
public interface Handler {

    /** The tipo it handles: 1 to 64 of {@code A-Z a-z 0-9 . _ : -}. */
    String tipo();

    /**
     * Slow or external work, outside the transaction and only when it is this pedido's turn. It may be repeated: after a
     * crash, and wherever the turn was lost meanwhile.
     */
    default Preparation prepare(Pedido pedido) throws Exception {
        return Preparation.NONE;
    }

    /**
     * The effects, in the transaction that also records the outcome: all of it happens once, or nothing of it. Effects go
     * through {@code tx} only; it must neither be committed nor rolled back here.
     *
     * @throws TransientFailure tried again after a delay, dead-lettered when the attempts are spent
     * @throws PermanentFailure dead-lettered at once
     * @throws Exception anything else is classified by {@code dev.pedidos.worker.process.FailureKind}
     */
    Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception;
}
