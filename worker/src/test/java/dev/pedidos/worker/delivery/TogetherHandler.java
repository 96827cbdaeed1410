package dev.pedidos.worker.delivery;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.CoalescingHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.inmemory.MemoryLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** It takes the pedidos of a receiver together. Their effects are their ids. */
final class TogetherHandler implements CoalescingHandler {

    static final String TIPO = "together";

    final Set<String> failing = ConcurrentHashMap.newKeySet();
    /** The pedidos of each call. */
    final List<List<String>> lots = new CopyOnWriteArrayList<>();

    volatile boolean forgetful;
    volatile @Nullable MemoryLedger ledger;
    private final Duration coalesce;
    private final int most;

    TogetherHandler(Duration coalesce, int most) {
        this.coalesce = coalesce;
        this.most = most;
    }

    @Override
    public String tipo() {
        return TIPO;
    }

    @Override
    public Duration coalesce() {
        return coalesce;
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) {
        lots.add(pedidos.stream().map(Pedido::pedidoId).toList());
        List<Outcome> outcomes = new ArrayList<>();
        for (var pedido : pedidos) {
            if (failing.contains(pedido.pedidoId())) {
                throw new IllegalStateException(pedido.pedidoId());
            }
            Objects.requireNonNull(ledger).effect(pedido.pedidoId());
            outcomes.add(new Outcome.Completed(null));
        }
        return forgetful ? outcomes.subList(1, outcomes.size()) : outcomes;
    }
}
