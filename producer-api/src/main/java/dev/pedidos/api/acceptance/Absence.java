package dev.pedidos.api.acceptance;

import dev.pedidos.api.http.Problem;
import java.util.function.BooleanSupplier;

/** Tells a client that the ledger does not have an id. It may be that of a pedido that the broker keeps until it is inserted. */
public final class Absence {
    private final BooleanSupplier allInserted;

    /** @param allInserted {@link Failover#hasInsertedAll} */
    public Absence(BooleanSupplier allInserted) {
        this.allInserted = allInserted;
    }

    /**
     * To be called before the ledger is read. Otherwise a pedido could be inserted after the read and before this call.
     *
     * @param unknown the detail for an id that was never accepted
     */
    public Problem of(String unknown) {
        return allInserted.getAsBoolean()
                ? Problem.notFound(unknown)
                : Problem.unavailable(
                        "The database does not have this id. Pedidos that were accepted without it are still being"
                                + " inserted, and this may be one of them: ask again a little later.");
    }
}
