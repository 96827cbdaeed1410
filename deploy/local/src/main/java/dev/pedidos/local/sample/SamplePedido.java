package dev.pedidos.local.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

record SamplePedido(String pedidoId, String recebedorId, String origem, List<SampleItem> itens, int freteCentavos) {

    byte[] json() {
        String lines = itens.stream().map(SampleItem::json).collect(Collectors.joining(","));
        return ("{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"%s\",\"itens\":[%s],"
                        + "\"dados\":{\"frete_centavos\":%d}}")
                .formatted(pedidoId, recebedorId, origem, lines, freteCentavos)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same id with one more of the first item. */
    SamplePedido withOtherContent() {
        var first = itens.getFirst();
        List<SampleItem> other = new ArrayList<>(itens);
        other.set(0, new SampleItem(first.sku(), first.quantidade() + 1, first.precoCentavos()));
        return new SamplePedido(pedidoId, recebedorId, origem, other, freteCentavos);
    }
}
