package dev.pedidos.worker.handler;

import dev.pedidos.shared.message.Pedido;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A handler that is given the waiting pedidos of one receiver together, whatever {@code PEDIDOS_LOTE} says. The first one waits
 * for {@link #coalesce()}. Then it takes effect in one transaction with those that stand directly behind it in its receiver's line
 * and are of the same tipo. Each keeps an outcome and events of its own. If more wait after that, they follow at once.
 *
 * <p>Such a handler has no {@code prepare}. Without an order of receivers there is no line, and each pedido takes effect alone.
 */
public interface CoalescingHandler extends LotHandler {

    Duration LONGEST_WAIT = Duration.ofSeconds(60);

    int LARGEST_LOT = 1000;

    /** How long the first pedido waits for others of its receiver: at most {@link #LONGEST_WAIT}. It is asked once, at the start. */
    Duration coalesce();

    /**
     * The most pedidos of one transaction: 2 to {@link #LARGEST_LOT}. They have 1 MiB of content together at most. It is asked once,
     * at the start.
     */
    default int most() {
        return 100;
    }

    /**
     * As {@link LotHandler#applyLot}.
     *
     * @param pedidos of one receiver, in the order of its line; one or more
     * @throws Exception the transaction is rolled back, and each pedido takes effect, or fails, alone: with a list of one
     */
    @Override
    List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) throws Exception;

    @Override
    default Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception {
        var outcomes = applyLot(List.of(pedido), tx);
        if (outcomes.size() != 1) {
            throw new PermanentFailure("the handler gave " + outcomes.size() + " outcomes for one pedido");
        }
        return outcomes.getFirst();
    }
}
