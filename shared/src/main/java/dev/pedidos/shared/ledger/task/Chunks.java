package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides pedidos that are inserted in one transaction: a statement with ten thousand of them would need all of their memory
 * at once.
 */
final class Chunks {
    private static final int LARGEST = 1_000;

    private Chunks() {}

    /**
     * A statement gives its pedidos their places in the order of their ids as text. So the ids of a chunk have the same
     * length: of one receiver, item 9 comes before item 10.
     */
    static List<List<NewPedido>> of(List<NewPedido> pedidos) {
        List<List<NewPedido>> chunks = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= pedidos.size(); i++) {
            boolean ends = i == pedidos.size()
                    || i - from == LARGEST
                    || pedidos.get(i).pedidoId().length()
                            != pedidos.get(from).pedidoId().length();
            if (ends) {
                chunks.add(pedidos.subList(from, i));
                from = i;
            }
        }
        return chunks;
    }
}
