package dev.pedidos.worker.calls;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyBusy;

/** Limits how often calls are made. */
@FunctionalInterface
public interface CallLimit {

    /** A look at the state again when a call has waited for its slot. */
    @FunctionalInterface
    interface AfterWait {
        /** @throws DependencyBusy the dependency wants no calls any more */
        void check(String dependency) throws DependencyBusy;
    }

    /** @param pedido in whose name the calls are made */
    Calls around(Calls inner, AfterWait afterWait, Pedido pedido);
}
