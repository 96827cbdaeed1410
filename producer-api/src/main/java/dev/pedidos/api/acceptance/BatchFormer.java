package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Forms batches of the pedidos that wait: at once, up to a number of pedidos and of bytes. No id is twice in one batch; the
 * later pedido goes into the next one.
 */
final class BatchFormer {
    static final int LARGEST = 400;

    private final BlockingQueue<PendingInsert> queue;
    private final long mostBytes;
    private final Deque<PendingInsert> deferred = new ArrayDeque<>();

    /** @param mostBytes a batch ends with the pedido that reaches it */
    BatchFormer(BlockingQueue<PendingInsert> queue, long mostBytes) {
        this.queue = queue;
        this.mostBytes = mostBytes;
    }

    boolean hasDeferred() {
        return !deferred.isEmpty();
    }

    /** All that wait; if none does, the first that comes within the pause. */
    List<PendingInsert> next(Duration pause) throws InterruptedException {
        List<PendingInsert> batch = gathered(null);
        if (!batch.isEmpty()) {
            return batch;
        }
        @Nullable PendingInsert first = queue.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        return first == null ? List.of() : gathered(first);
    }

    /** No other writer takes meanwhile: of two pedidos with one id the first one is inserted first. */
    private List<PendingInsert> gathered(@Nullable PendingInsert first) {
        synchronized (queue) {
            List<PendingInsert> batch = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            Deque<PendingInsert> before = new ArrayDeque<>(deferred);
            deferred.clear();
            long bytes = 0;
            @Nullable PendingInsert next = first == null ? following(before) : first;
            for (int looked = 1; next != null; looked++) {
                if (ids.add(next.submission().id())) {
                    batch.add(next);
                    bytes += next.submission().bytes();
                } else {
                    deferred.add(next);
                }
                next = looked < LARGEST && bytes < mostBytes ? following(before) : null;
            }
            deferred.addAll(before);
            return batch;
        }
    }

    private @Nullable PendingInsert following(Deque<PendingInsert> before) {
        return before.isEmpty() ? queue.poll() : before.poll();
    }
}
