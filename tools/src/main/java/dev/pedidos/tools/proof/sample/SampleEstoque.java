package dev.pedidos.tools.proof.sample;

import java.util.SortedMap;
import java.util.TreeMap;

/** The stock that the pedidos of the sample need. */
public final class SampleEstoque {
    /** One sku in this many has half of the wanted stock: about 3 %. */
    private static final int SCARCE_EVERY = 33;

    private SampleEstoque() {}

    /** Disponivel by sku; some are short, so that some pedidos are REJECTED. */
    public static SortedMap<String, Long> of(long seed, int pedidos) {
        SortedMap<String, Long> estoque = new TreeMap<>();
        var generator = new PedidoGenerator(seed);
        for (int i = 0; i < pedidos; i++) {
            generator.next().itens().forEach(item -> estoque.merge(item.sku(), (long) item.quantidade(), Long::sum));
        }
        int place = 0;
        for (var entry : estoque.entrySet()) {
            if (place++ % SCARCE_EVERY == 0) {
                entry.setValue(entry.getValue() / 2);
            }
        }
        return estoque;
    }
}
