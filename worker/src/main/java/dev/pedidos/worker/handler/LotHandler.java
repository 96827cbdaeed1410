package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A handler that can make several pedidos take effect together, with few statements for all of them. With {@code PEDIDOS_LOTE}
 * above 1, a shard's deliveries at hand share one transaction. A lot is only a shortcut: whenever it does not succeed as a
 * whole, it is rolled back and {@link #apply} is called for each pedido by itself.
 */
public interface LotHandler extends Handler {

    /**
     * The effects of all pedidos, as {@link #apply} would have them one after the other, in the transaction that also records
     * their outcomes. The call is interrupted after {@code PEDIDOS_HANDLER_LIMIT_MS}.
     *
     * @param pedidos of different receivers; those of one receiver come in their order
     * @return the outcome of each pedido, in the same order. If one of them is {@link Outcome.Postponed}, the lot is rolled back
     * @throws Exception the lot is rolled back. No pedido uses an attempt; each is then applied alone.
     */
    List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) throws Exception;
}
