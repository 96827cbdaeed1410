package dev.pedidos.worker.pedido;

import dev.pedidos.shared.message.Item;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resultado that clients read. */
final class PedidoResultado {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PedidoResultado() {}

    static ObjectNode reserved(List<Item> itens) {
        var resultado = JSON.objectNode();
        var reservas = resultado.putArray("reservas");
        for (var item : itens) {
            reservas.addObject().put("sku", item.sku()).put("quantidade", item.quantidade());
        }
        resultado.put("valor_centavos", value(itens));
        return resultado;
    }

    static ObjectNode missing(List<Missing> missing) {
        var resultado = JSON.objectNode();
        var faltantes = resultado.putArray("faltantes");
        for (var item : missing) {
            faltantes
                    .addObject()
                    .put("sku", item.sku())
                    .put("quantidade", item.quantidade())
                    .put("disponivel", item.disponivel());
        }
        return resultado;
    }

    static ObjectNode released(List<Released> released) {
        var liberado = JSON.objectNode();
        var reservas = liberado.putArray("reservas");
        for (var item : released) {
            reservas.addObject().put("sku", item.sku()).put("quantidade", item.quantidade());
        }
        return liberado;
    }

    /** A hundred items of a million at 10^12 centavos do not fit into a long. Null if a price is unknown. */
    private static @Nullable BigInteger value(List<Item> itens) {
        var sum = BigInteger.ZERO;
        for (var item : itens) {
            Long price = item.precoCentavos();
            if (price == null) {
                return null;
            }
            sum = sum.add(BigInteger.valueOf(price).multiply(BigInteger.valueOf(item.quantidade())));
        }
        return sum;
    }
}
