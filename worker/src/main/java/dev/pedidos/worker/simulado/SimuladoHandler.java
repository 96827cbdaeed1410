package dev.pedidos.worker.simulado;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.TransientFailure;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * Does what {@code dados} says: {@code demora_ms} sleeps, {@code falha_permanente} fails for good,
 * {@code falhas_transitorias: n} fails the first n attempts.
 */
public final class SimuladoHandler implements Handler {

    @Override
    public String tipo() {
        return "simulado";
    }

    @Override
    public Preparation prepare(Pedido pedido) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(number(pedido, "demora_ms"));
        return Preparation.NONE;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws TransientFailure, PermanentFailure {
        var dados = pedido.dados();
        if (dados != null && dados.path("falha_permanente").asBoolean(false)) {
            throw new PermanentFailure("falha permanente simulada");
        }
        int failed = tx.createQuery("select tentativas from pedidos where pedido_id = :id")
                .bind("id", pedido.pedidoId())
                .mapTo(Integer.class)
                .one();
        if (failed < number(pedido, "falhas_transitorias")) {
            throw new TransientFailure("falha transitória simulada %d".formatted(failed + 1));
        }
        return new Outcome.Completed(null);
    }

    private static long number(Pedido pedido, String name) {
        var dados = pedido.dados();
        return dados == null ? 0 : dados.path(name).asLong(0);
    }
}
