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
 * Forms batches of what waits: at once, up to a bound in number and one in bytes, and no id twice in one (the later one comes with
 * the next).
 */
final class Batches {
    static final int LARGEST = 400;

    private final BlockingQueue<Submission> waiting;
    private final long mostBytes;
    private final Deque<Submission> deferred = new ArrayDeque<>();

    /** @param mostBytes a batch ends with the one that reaches it */
    Batches(BlockingQueue<Submission> waiting, long mostBytes) {
        this.waiting = waiting;
        this.mostBytes = mostBytes;
    }

    boolean hasDeferred() {
        return !deferred.isEmpty();
    }

    /** What is there; where nothing is, the first to come, or none after the pause. */
    List<Submission> next(Duration pause) throws InterruptedException {
        List<Submission> batch = gathered(null);
        if (!batch.isEmpty()) {
            return batch;
        }
        @Nullable Submission first = waiting.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        return first == null ? List.of() : gathered(first);
    }

    /** Nobody else takes meanwhile: of two with one id the first one comes first. */
    private List<Submission> gathered(@Nullable Submission first) {
        synchronized (waiting) {
            List<Submission> batch = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            Deque<Submission> before = new ArrayDeque<>(deferred);
            deferred.clear();
            long bytes = 0;
            @Nullable Submission next = first == null ? following(before) : first;
            for (int looked = 1; next != null; looked++) {
                if (ids.add(next.id())) {
                    batch.add(next);
                    bytes += next.bytes();
                } else {
                    deferred.add(next);
                }
                next = looked < LARGEST && bytes < mostBytes ? following(before) : null;
            }
            deferred.addAll(before);
            return batch;
        }
    }

    private @Nullable Submission following(Deque<Submission> before) {
        return before.isEmpty() ? waiting.poll() : before.poll();
    }
}
