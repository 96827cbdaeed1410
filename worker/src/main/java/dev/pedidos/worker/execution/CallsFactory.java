package dev.pedidos.worker.execution;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Calls;

/** Gives each pedido the calls that are made in its name. */
@FunctionalInterface
public interface CallsFactory {

    /** @param schedulings how often it was retried or put off since it was accepted or redriven */
    Calls forPedido(Pedido pedido, int schedulings);
}
