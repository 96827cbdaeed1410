package dev.pedidos.shared.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A valid body of POST /pedidos; its id may still be missing. */
public record Draft(
        @Nullable String pedidoId,
        String tipo,
        String recebedorId,
        String origem,
        List<Item> itens,
        @Nullable ObjectNode dados,
        @Nullable String callbackUrl) {

    public Pedido withId(String id) {
        return new Pedido(id, tipo, recebedorId, origem, itens, dados, callbackUrl);
    }
}
