package dev.pedidos.shared.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An accepted unit of work: every value has passed {@link Limits}.
 *
 * @param tipo selects the handler
 * @param itens empty if not given
 * @param dados for the handler of the tipo; null if not given. Read-only: the hash was taken from it.
 * @param callbackUrl where its webhooks go; null if not given. It may hold a token: only {@link CallbackUrl} may be logged
 */
public record Pedido(
        String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        List<Item> itens,
        @Nullable ObjectNode dados,
        @Nullable String callbackUrl) {

    /** Without webhooks. */
    public Pedido(
            String pedidoId,
            String tipo,
            String recebedorId,
            String origem,
            List<Item> itens,
            @Nullable ObjectNode dados) {
        this(pedidoId, tipo, recebedorId, origem, itens, dados, null);
    }
}
