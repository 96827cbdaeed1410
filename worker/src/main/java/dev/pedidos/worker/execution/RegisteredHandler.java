package dev.pedidos.worker.execution;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import java.util.Arrays;

/**
 * A handler, with what its callers need to know of it.
 *
 * @param prepares it has work to do outside the transaction; if not, a pedido needs one transaction less
 * @param undoes it can undo a COMPLETED pedido
 */
public record RegisteredHandler(Handler handler, boolean prepares, boolean undoes) {

    static RegisteredHandler of(Handler handler) {
        return new RegisteredHandler(handler, overrides(handler, "prepare"), overrides(handler, "undo"));
    }

    private static boolean overrides(Handler handler, String method) {
        return Arrays.stream(handler.getClass().getMethods())
                .anyMatch(own -> own.getName().equals(method)
                        && own.getParameterCount() > 0
                        && own.getParameterTypes()[0] == Pedido.class
                        && own.getDeclaringClass() != Handler.class);
    }
}
