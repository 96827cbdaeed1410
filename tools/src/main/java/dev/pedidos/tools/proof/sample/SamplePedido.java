package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.text.RootLocale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pedido of the sample.
 *
 * @param itens empty if it is in trouble
 */
record SamplePedido(
        String pedidoId,
        String recebedorId,
        String origem,
        List<SampleItem> itens,
        int freteCentavos,
        @Nullable SampleTrouble trouble) {

    byte[] json() {
        return RootLocale.format(
                        "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"%s\",%s}",
                        pedidoId, recebedorId, origem, content())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String content() {
        if (trouble != null) {
            return RootLocale.format(
                    "\"tipo\":\"simulado\",\"dados\":{%s,\"frete_centavos\":%d}", trouble.dados(), freteCentavos);
        }
        String lines = itens.stream().map(SampleItem::json).collect(Collectors.joining(","));
        return RootLocale.format("\"itens\":[%s],\"dados\":{\"frete_centavos\":%d}", lines, freteCentavos);
    }

    /** The same id with one more of the first item, or with another freight. */
    SamplePedido withOtherContent() {
        List<SampleItem> other = new ArrayList<>(itens);
        if (!other.isEmpty()) {
            var first = other.getFirst();
            other.set(0, new SampleItem(first.sku(), first.quantidade() + 1, first.precoCentavos()));
        }
        int frete = other.isEmpty() ? freteCentavos + 1 : freteCentavos;
        return new SamplePedido(pedidoId, recebedorId, origem, other, frete, trouble);
    }
}
