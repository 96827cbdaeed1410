package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A ledger in memory that commits when the test lets it. */
final class FakePedidoStore implements PedidoStore {
    private final Map<String, byte[]> known = new HashMap<>();
    private final List<List<String>> batches = new ArrayList<>();
    private final Semaphore commits = new Semaphore(0);
    private final Semaphore entered = new Semaphore(0);
    private Verdict verdict = batch -> {};

    /** Decides whether a batch fails. */
    interface Verdict {
        void on(List<String> ids) throws Exception;
    }

    synchronized void failWhere(Verdict failing) {
        verdict = failing;
    }

    void letCommit(int batches) {
        commits.release(batches);
    }

    /** Waits until that many batches have been begun. */
    void awaitBegun(int count) throws InterruptedException {
        entered.acquire(count);
    }

    synchronized List<List<String>> batches() {
        return List.copyOf(batches);
    }

    @Override
    public List<Inserted> insert(List<NewPedido> batch) throws Exception {
        entered.release();
        commits.acquire();
        return commit(batch);
    }

    private synchronized List<Inserted> commit(List<NewPedido> batch) throws Exception {
        List<String> ids = batch.stream().map(NewPedido::pedidoId).toList();
        batches.add(ids);
        verdict.on(ids);
        return batch.stream().map(this::insertOne).toList();
    }

    private Inserted insertOne(NewPedido pedido) {
        byte[] before = known.putIfAbsent(pedido.pedidoId(), pedido.payloadHash());
        if (before == null) {
            return new Inserted.New();
        }
        return Arrays.equals(before, pedido.payloadHash())
                ? new Inserted.Replay(Optional.of("{\"pedido_id\":\"" + pedido.pedidoId() + "\"}"))
                : new Inserted.Conflict();
    }
}
