package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Each pedido has its id as its effect. Some of them fail, some are put off. */
public final class ScriptedLots implements LotHandler {

    public static final String TIPO = "lotes";

    public final Set<String> failing = new HashSet<>();
    public final Set<String> postponed = new HashSet<>();
    /** Lots are answered with nulls. */
    public boolean mute;
    /** The pedidos of each call for a lot. */
    public final List<List<String>> lots = new ArrayList<>();

    private final String tipo;
    private final List<MemoryLedger> ledger = new ArrayList<>();

    public ScriptedLots() {
        this(TIPO);
    }

    public ScriptedLots(String tipo) {
        this.tipo = tipo;
    }

    /** The ledger of the effects. */
    public void in(MemoryLedger effects) {
        ledger.add(effects);
    }

    @Override
    public String tipo() {
        return tipo;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
        ledger.getFirst().effect(pedido.pedidoId());
        if (failing.contains(pedido.pedidoId())) {
            throw new IllegalStateException(pedido.pedidoId());
        }
        return postponed.contains(pedido.pedidoId())
                ? new Outcome.Postponed(InMemoryWorker.DELAY, "LATER")
                : new Outcome.Completed(null);
    }

    @Override
    public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) {
        lots.add(pedidos.stream().map(Pedido::pedidoId).toList());
        if (mute) {
            return Arrays.asList(new Outcome[pedidos.size()]);
        }
        return pedidos.stream()
                .map(pedido -> apply(pedido, Preparation.NONE, tx))
                .toList();
    }
}
