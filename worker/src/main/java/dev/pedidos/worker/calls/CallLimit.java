package dev.pedidos.worker.calls;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Calls;

/** Limits how often calls are made. */
@FunctionalInterface
public interface CallLimit {

    CallLimit NONE = (calls, pedido) -> calls;

    /** @param pedido in whose name the calls are made */
    Calls around(Calls calls, Pedido pedido);
}
