package dev.pedidos.worker.calls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells one question that fails again and again from a dependency that fails. */
final class RepeatedFailures {

    /** By dependency: whose call failed last. */
    private final Map<String, String> last = new ConcurrentHashMap<>();

    /** Records the failed call of a pedido. Returns whether the failed call before it was this pedido's, too. */
    boolean isAgain(String dependency, String pedidoId) {
        return pedidoId.equals(last.put(dependency, pedidoId));
    }
}
