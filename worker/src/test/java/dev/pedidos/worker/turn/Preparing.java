package dev.pedidos.worker.turn;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A handler with work to do outside the transaction. Something may happen meanwhile. */
final class Preparing implements Handler {

    static final String TIPO = "preparing";

    final List<String> prepared = new ArrayList<>();
    Runnable meanwhile = () -> {};

    @Override
    public String tipo() {
        return TIPO;
    }

    @Override
    public Preparation prepare(Pedido pedido) {
        prepared.add(pedido.pedidoId());
        meanwhile.run();
        return Preparation.NONE;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws PermanentFailure {
        return new Outcome.Completed(null);
    }
}
