package dev.pedidos.worker.simulado;

import dev.pedidos.shared.message.BuiltInTipos;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.CoalescingHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.Undo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * As {@link SimuladoHandler}, but for the waiting pedidos of a receiver together, and without {@code demora_ms} and
 * {@code chama}. If one of them is to fail or to end the worker, it does so for all of them.
 */
public final class SimuladoLoteHandler implements CoalescingHandler {

    private static final Duration COALESCE = Duration.ofMillis(50);

    private final SimuladoHandler each = new SimuladoHandler();

    @Override
    public String tipo() {
        return BuiltInTipos.SIMULADO_LOTE;
    }

    @Override
    public Duration coalesce() {
        return COALESCE;
    }

    @Override
    public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (var pedido : pedidos) {
            outcomes.add(each.apply(pedido, Preparation.NONE, tx));
        }
        return outcomes;
    }

    /** It has no effect, so there is nothing to undo. */
    @Override
    public Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) {
        return each.undo(pedido, resultado, tx);
    }
}
