package dev.pedidos.tools.proof.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pedidos of the sample that are in trouble. */
public final class SampleTroubles {

    private SampleTroubles() {}

    /** By pedido_id. */
    public static Map<String, SampleTrouble> of(long seed, int pedidos) {
        Map<String, SampleTrouble> troubles = new LinkedHashMap<>();
        var generator = new PedidoGenerator(seed);
        for (int i = 0; i < pedidos; i++) {
            var pedido = generator.next();
            if (pedido.trouble() != null) {
                troubles.put(pedido.pedidoId(), pedido.trouble());
            }
        }
        return troubles;
    }
}
