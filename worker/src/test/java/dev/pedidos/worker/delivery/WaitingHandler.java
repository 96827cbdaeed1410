package dev.pedidos.worker.delivery;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.inmemory.MemoryLedger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** It waits until it may go on. Its effect is its id. */
final class WaitingHandler implements Handler {

    static final String TIPO = "waiting";

    final List<String> prepared = new CopyOnWriteArrayList<>();
    final CountDownLatch goOn = new CountDownLatch(1);
    final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile boolean failing;
    volatile @Nullable MemoryLedger ledger;
    private final AtomicInteger atOnce = new AtomicInteger();

    @Override
    public String tipo() {
        return TIPO;
    }

    @Override
    public Preparation prepare(Pedido pedido) throws Exception {
        prepared.add(pedido.pedidoId());
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        goOn.await();
        atOnce.decrementAndGet();
        if (failing) {
            throw new TransientFailure("not now");
        }
        return Preparation.NONE;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
        var effects = ledger;
        if (effects != null) {
            effects.effect(pedido.pedidoId());
        }
        return new Outcome.Completed(null);
    }

    void awaitPrepared(String... ids) {
        Awaitility.await().until(() -> prepared.containsAll(List.of(ids)));
    }
}
