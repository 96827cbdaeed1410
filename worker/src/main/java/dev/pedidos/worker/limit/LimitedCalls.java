package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.Slots;
import dev.pedidos.worker.calls.CallLimit.AfterWait;
import dev.pedidos.worker.handler.Calls;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Calls of one pedido that keep to the limits: each takes a slot first. Without one the call is not made, and the pedido waits in
 * the ledger.
 */
public final class LimitedCalls implements Calls {

    private final Function<String, Optional<Limit>> limits;
    private final SlotTaker slots;
    private final String pedidoId;
    private final AfterWait afterWait;
    private final Calls inner;
    private volatile boolean called;

    /** @param limits those in force, by dependency */
    public LimitedCalls(
            Function<String, Optional<Limit>> limits,
            SlotTaker slots,
            String pedidoId,
            AfterWait afterWait,
            Calls inner) {
        this.limits = limits;
        this.slots = slots;
        this.pedidoId = pedidoId;
        this.afterWait = afterWait;
        this.inner = inner;
    }

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        var limit = limits.apply(dependency);
        if (limit.isPresent()) {
            slots.take(limit.get(), new Slots.Asking(pedidoId, called), afterWait);
            called = true;
        }
        return inner.call(dependency, call);
    }
}
