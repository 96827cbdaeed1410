package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A handler that prepares its pedidos one by one, and can make several of them take effect together. With {@code PEDIDOS_LOTE}
 * above 1, pedidos of a worker that are prepared at about the same time share one transaction. As with {@link LotHandler}, a lot is
 * only a shortcut: whenever it does not succeed as a whole, it is rolled back and {@link #apply} is called for each pedido by itself.
 */
public interface PreparedLotHandler extends Handler {

    /** A pedido, and what {@link #prepare} gave for it. */
    record Prepared(Pedido pedido, Preparation preparation) {}

    /**
     * The effects of all pedidos, as {@link #apply} would have them one after the other, in the transaction that also records
     * their outcomes. The call is interrupted after {@code PEDIDOS_HANDLER_LIMIT_MS}.
     *
     * @param lot two or more pedidos, each of another receiver
     * @return the outcome of each pedido, in the same order. If one of them is {@link Outcome.Postponed}, the lot is rolled back
     * @throws Exception the lot is rolled back. No pedido uses an attempt; each is then applied alone.
     */
    List<Outcome> applyLot(List<Prepared> lot, Handle tx) throws Exception;
}
