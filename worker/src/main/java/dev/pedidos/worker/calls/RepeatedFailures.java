package dev.pedidos.worker.calls;

import java.util.HashMap;
import java.util.Map;

/** Tells one question that fails again and again from a dependency that fails. */
final class RepeatedFailures {

    /** @param uncounted its failures after the first one, which say nothing about the dependency while no other pedido fails */
    private record Run(String pedidoId, int uncounted) {}

    private static final Run NOBODYS = new Run("", 0);

    /** By dependency: the pedido whose call failed last. */
    private final Map<String, Run> last = new HashMap<>();

    /**
     * Records the failed call of a pedido.
     *
     * @return how many failed calls count now: none if the failed call before it was this pedido's, too. If it was another pedido's and
     *     no call has succeeded since, those that did not count until now count as well
     */
    synchronized int failed(String dependency, String pedidoId) {
        Run before = last.getOrDefault(dependency, NOBODYS);
        boolean again = before.pedidoId().equals(pedidoId);
        last.put(dependency, new Run(pedidoId, again ? before.uncounted() + 1 : 0));
        return again ? 0 : 1 + before.uncounted();
    }

    /** Forgets the failures that were not counted: the dependency works. */
    synchronized void succeeded(String dependency) {
        last.computeIfPresent(dependency, (name, run) -> new Run(run.pedidoId(), 0));
    }
}
