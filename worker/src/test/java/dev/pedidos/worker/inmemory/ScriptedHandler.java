package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jdbi.v3.core.Handle;

/** Each pedido has its id as its effect. What a test scripts for a pedido comes before that, once. */
public final class ScriptedHandler implements Handler {

    public static final String TIPO = "simulado";

    /** What a handler does instead of, or before, completing. */
    @FunctionalInterface
    public interface Script {
        Outcome run() throws Exception;
    }

    private final MemoryLedger ledger;
    private final Map<String, Queue<Script>> scripts = new HashMap<>();

    public ScriptedHandler(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String tipo() {
        return TIPO;
    }

    /** Scripts of one pedido run one after the other. */
    public void next(String pedidoId, Script script) {
        scripts.computeIfAbsent(pedidoId, id -> new ArrayDeque<>()).add(script);
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception {
        ledger.effect(pedido.pedidoId());
        var script = scripts.getOrDefault(pedido.pedidoId(), new ArrayDeque<>()).poll();
        return script == null ? new Outcome.Completed(null) : script.run();
    }
}
