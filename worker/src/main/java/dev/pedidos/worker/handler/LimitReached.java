package dev.pedidos.worker.handler;

import java.util.Objects;

/**
 * A dependency may not be called now: its limit ({@code PEDIDOS_LIMITES}) is used up. {@link Calls} throws it. The pedido waits in
 * the ledger until it is its turn to call; no attempt is used.
 */
public final class LimitReached extends Exception {

    private static final long serialVersionUID = 1L;

    private final String dependency;

    public LimitReached(String dependency) {
        super(dependency + " may not be called now: its limit is used up");
        this.dependency = Objects.requireNonNull(dependency, "dependency");
    }

    public String dependency() {
        return dependency;
    }
}
