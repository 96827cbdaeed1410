package dev.pedidos.api.acceptance;

import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.Pedido;
import java.util.List;

/** Pedidos for tests. */
final class Pedidos {
    private Pedidos() {}

    static Pedido pedido(String id) {
        return pedido(id, 1);
    }

    static Pedido pedido(String id, long quantidade) {
        return new Pedido(id, "pedido", "r-1", "web", List.of(new Item("A", quantidade, null)), null);
    }
}
