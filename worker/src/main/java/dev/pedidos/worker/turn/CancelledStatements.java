package dev.pedidos.worker.turn;

import dev.pedidos.shared.runtime.BoundedMap;
import java.util.Map;

/**
 * How often in a row the database ended a statement of a pedido. The first few are blamed on the database. After that the
 * pedido itself counts as slow: a failed attempt.
 */
final class CancelledStatements {

    private static final int MOST_IN_A_ROW = 5;
    private static final int REMEMBERED = 1_000;

    private final Map<String, Integer> inARow = BoundedMap.byUse(REMEMBERED);

    /** Counts one more. Returns whether the pedido is slow now; then its count begins again at 0. */
    synchronized boolean add(String pedidoId) {
        if (inARow.merge(pedidoId, 1, Integer::sum) < MOST_IN_A_ROW) {
            return false;
        }
        inARow.remove(pedidoId);
        return true;
    }
}
