package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.call.Pauses;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.DependencyBusy;

/** Looks whether a dependency has asked the fleet to leave it alone. */
record PauseCheck(Pauses pauses) {

    /** @throws DependencyBusy it may not be called now */
    void check(String dependency) throws DependencyBusy {
        var left = pauses.left(dependency);
        if (left.isPresent()) {
            throw new DependencyBusy(
                    dependency,
                    left.get(),
                    RootLocale.format(
                            "%s wants no call for %d ms more",
                            dependency, left.get().toMillis()));
        }
    }
}
