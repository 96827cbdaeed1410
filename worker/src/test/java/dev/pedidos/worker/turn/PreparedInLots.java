package dev.pedidos.worker.turn;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.inmemory.MemoryLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** It prepares an answer for each pedido. Its effect is the id of the pedido with its answer. */
final class PreparedInLots implements PreparedLotHandler {

    static final String TIPO = "prepared-in-lots";

    /** The preparation of a pedido. */
    record Answer(String text) implements Preparation {}

    final Set<String> failing = new HashSet<>();
    final List<Integer> lots = new ArrayList<>();
    private final List<MemoryLedger> ledger = new ArrayList<>();

    /** The ledger of the effects. */
    void in(MemoryLedger effects) {
        ledger.add(effects);
    }

    @Override
    public String tipo() {
        return TIPO;
    }

    @Override
    public Preparation prepare(Pedido pedido) {
        return new Answer("answer to " + pedido.pedidoId());
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
        if (!(preparation instanceof Answer(var text))) {
            throw new IllegalStateException("not prepared");
        }
        ledger.getFirst().effect(pedido.pedidoId() + ": " + text);
        if (failing.contains(pedido.pedidoId())) {
            throw new IllegalStateException(pedido.pedidoId());
        }
        return new Outcome.Completed(null);
    }

    @Override
    public List<Outcome> applyLot(List<Prepared> lot, Handle tx) {
        lots.add(lot.size());
        return lot.stream()
                .map(one -> apply(one.pedido(), one.preparation(), tx))
                .toList();
    }
}
