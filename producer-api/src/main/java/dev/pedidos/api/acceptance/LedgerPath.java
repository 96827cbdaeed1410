package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way by the ledger: gathers pedidos while the commit before is on its way. {@link BatchInsert} inserts them with one
 * commit and publishes the new ones. The busier it is, the larger the batches; an idle system waits for nothing.
 */
public final class LedgerPath implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPath.class);
    /** Two, so that one gathers and sends while the other waits for the disk. */
    private static final int WRITERS = 2;

    private static final Duration STOP_CHECK = Duration.ofMillis(100);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final BlockingQueue<PendingInsert> queue = new LinkedBlockingQueue<>();
    /** Waiting in the queue, or being inserted now. A frozen database keeps a batch until the socket's timeout. */
    private final Set<PendingInsert> notInserted = ConcurrentHashMap.newKeySet();

    private final BatchInsert inserting;
    private final long batchBytes;
    private final List<Thread> writers;
    private volatile boolean stopping;

    /** @param batchBytes at which a batch ends */
    public LedgerPath(BatchInsert inserting, AcceptanceMetrics metrics, long batchBytes) {
        this.inserting = inserting;
        this.batchBytes = batchBytes;
        metrics.waiting(queue::size);
        this.writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> Thread.ofPlatform().name("insert-" + i).unstarted(this::write))
                .toList();
    }

    void start() {
        writers.forEach(Thread::start);
    }

    /** The result comes when the pedido is published, known or refused, when its insert has failed, or when it is handed back. */
    CompletableFuture<LedgerResult> accept(Submission submission) {
        return accept(PendingInsert.withBrokerFallback(submission));
    }

    CompletableFuture<LedgerResult> accept(PendingInsert waiting) {
        if (stopping) {
            waiting.endWith(new Acceptance.Unavailable());
        } else {
            notInserted.add(waiting);
            queue.add(waiting);
        }
        return waiting.result();
    }

    private void write() {
        BatchFormer former = new BatchFormer(queue, batchBytes);
        try {
            while (!stopping || !queue.isEmpty() || former.hasDeferred()) {
                writeNext(former);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeNext(BatchFormer former) throws InterruptedException {
        List<PendingInsert> batch = former.next(STOP_CHECK);
        try {
            inserting.insert(
                    batch.stream().filter(waiting -> !waiting.hasResult()).toList());
        } catch (Throwable failure) {
            // An Error too: without its writers an API inserts nothing more.
            LOG.error("a batch of {} failed; the broker keeps its pedidos if it is up", batch.size(), failure);
            batch.forEach(PendingInsert::fail);
        } finally {
            batch.forEach(notInserted::remove);
        }
    }

    /** Hands back those that no writer has taken yet. */
    void handBackQueue() {
        List<PendingInsert> drained = new ArrayList<>();
        queue.drainTo(drained);
        drained.forEach(PendingInsert::handBack);
        drained.forEach(notInserted::remove);
    }

    /** Those that arrived before a moment of System.nanoTime and are not inserted yet. */
    List<PendingInsert> notInserted(long arrivedBefore) {
        return notInserted.stream()
                .filter(waiting -> !waiting.hasResult() && waiting.submission().arrivedNanos() - arrivedBefore < 0)
                .toList();
    }

    /** Inserts what waits, then ends. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread writer : writers) {
            if (writer.isAlive()) {
                writer.join(LONGEST_STOP);
            }
        }
    }
}
