package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.accept.Inserted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inserts pedidos with one commit and publishes the new ones. Every pedido gets a result. */
public final class BatchInsert {

    /** Publishes pedidos that are in the ledger. */
    @FunctionalInterface
    public interface Publisher {
        /** Returns for each, in order, a future that completes when the client can be answered. */
        List<CompletableFuture<Void>> publish(List<Messages.Content> inserted);
    }

    private static final Logger LOG = LoggerFactory.getLogger(BatchInsert.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);

    private final PedidoStore store;
    private final Publisher publisher;
    private final AcceptanceMetrics metrics;

    public BatchInsert(PedidoStore store, Publisher publisher, AcceptanceMetrics metrics) {
        this.store = store;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    void insert(List<PendingInsert> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Inserted> inserted;
        long started = System.nanoTime();
        try {
            inserted = store.insert(
                    batch.stream().map(waiting -> waiting.submission().row()).toList());
        } catch (Exception e) {
            failed(batch, e);
            return;
        }
        metrics.inserted(batch.size(), System.nanoTime() - started);
        publish(answerKnown(batch, inserted));
    }

    /** Answers those that were in the ledger before; returns the new ones. */
    private static List<PendingInsert> answerKnown(List<PendingInsert> batch, List<Inserted> inserted) {
        List<PendingInsert> fresh = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            PendingInsert waiting = batch.get(i);
            switch (inserted.get(i)) {
                case Inserted.New() -> fresh.add(waiting);
                case Inserted.Replay(var answer) -> waiting.endWith(new Acceptance.Replayed(answer));
                case Inserted.Conflict() -> waiting.endWith(new Acceptance.Conflicting());
            }
        }
        return fresh;
    }

    private void publish(List<PendingInsert> fresh) {
        List<CompletableFuture<Void>> published = publisher.publish(
                fresh.stream().map(waiting -> waiting.submission().content()).toList());
        for (int i = 0; i < fresh.size(); i++) {
            PendingInsert waiting = fresh.get(i);
            var unused = published.get(i).thenRun(() -> waiting.endWith(new Acceptance.Accepted()));
        }
    }

    /**
     * One pedido that the database refuses must not take its neighbours along, nor one whose id another transaction is inserting:
     * alone, each gets its own result.
     */
    private void failed(List<PendingInsert> batch, Exception failure) {
        boolean refused = LedgerFault.isRefusal(failure);
        if (batch.size() > 1 && (refused || LedgerFault.isLockTimeout(failure))) {
            LOG.warn(
                    "a batch of {} pedidos could not be inserted; inserting each by itself: sqlstate={}",
                    batch.size(),
                    LedgerFault.stateOf(failure));
            batch.stream().filter(waiting -> !waiting.hasResult()).forEach(waiting -> insert(List.of(waiting)));
        } else if (refused) {
            refused(batch.getFirst(), failure);
        } else {
            FAULTS.warn(
                    "pedidos could not be inserted; the broker keeps them if it is up, else they are answered 503",
                    failure);
            batch.forEach(PendingInsert::fail);
        }
    }

    /** Without the exception: what the database says of refused data quotes it. */
    private static void refused(PendingInsert waiting, Exception failure) {
        LOG.atError()
                .addKeyValue("pedido_id", waiting.submission().id())
                .addKeyValue("sqlstate", LedgerFault.stateOf(failure))
                .log(
                        "a pedido passed our checks and was refused by the database: it is not accepted, and is answered 500");
        waiting.endWith(new Acceptance.Refused());
    }
}
