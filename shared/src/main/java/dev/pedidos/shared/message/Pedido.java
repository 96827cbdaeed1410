package dev.pedidos.shared.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One unit of work, as accepted: every value has passed {@link Limits}.
 *
 * @param tipo picks the handler
 * @param itens empty: not given
 * @param dados what the handler of the tipo makes of it; null: not given. Read only: the hash was taken from it.
 */
public record Pedido(
        String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        List<Item> itens,
        @Nullable ObjectNode dados) {}
