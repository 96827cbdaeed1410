package dev.pedidos.worker.despesa;

import dev.pedidos.shared.message.Despesa;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.Undo;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks an expense. Nobody is asked about its company, so nothing is known of it. */
public final class DespesaHandler implements Handler {

    @Override
    public String tipo() {
        return Despesa.TIPO;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws PermanentFailure {
        var unused = checked(pedido);
        var resultado = JsonNodeFactory.instance.objectNode();
        resultado.putNull("razao_social").putNull("situacao").putNull("consultado_em");
        return new Outcome.Completed(resultado);
    }

    /** It has no effect beyond its outcome. */
    @Override
    public Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) {
        return new Undo.Undone(null);
    }

    /** The API accepts only valid expenses, by HTTP and from queues; this one was written into the ledger by something else. */
    static Despesa checked(Pedido pedido) throws PermanentFailure {
        try {
            return Despesa.of(pedido);
        } catch (InvalidFields e) {
            throw new PermanentFailure("it carries no valid expense", e);
        }
    }
}
