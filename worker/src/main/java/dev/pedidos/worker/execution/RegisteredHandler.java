package dev.pedidos.worker.execution;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;

/**
 * A handler, with what the turnstile needs to know of it.
 *
 * @param prepares it has work to do outside the transaction; if not, a pedido needs one transaction less
 */
public record RegisteredHandler(Handler handler, boolean prepares) {

    static RegisteredHandler of(Handler handler) {
        try {
            var prepare = handler.getClass().getMethod("prepare", Pedido.class);
            return new RegisteredHandler(handler, prepare.getDeclaringClass() != Handler.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every Handler has prepare", e);
        }
    }
}
