package dev.pedidos.worker.execution;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Calls;

/** Gives each pedido the calls that are made in its name. */
@FunctionalInterface
public interface CallsOf {

    Calls of(Pedido pedido);
}
