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

/** Forms batches of what waits: at once, up to a bound, and no id twice in one (the later one comes with the next). */
final class Batches {
    static final int LARGEST = 400;

    private final BlockingQueue<Submission> waiting;
    private final Deque<Submission> deferred = new ArrayDeque<>();

    Batches(BlockingQueue<Submission> waiting) {
        this.waiting = waiting;
    }

    boolean hasDeferred() {
        return !deferred.isEmpty();
    }

    /** What is there; where nothing is, the first to come, or none after the pause. */
    List<Submission> next(Duration pause) throws InterruptedException {
        List<Submission> candidates = new ArrayList<>(deferred);
        deferred.clear();
        waiting.drainTo(candidates, Math.max(0, LARGEST - candidates.size()));
        if (candidates.isEmpty()) {
            Submission first = waiting.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            add(first, candidates);
            waiting.drainTo(candidates, LARGEST - 1);
        }
        return withoutRepeats(candidates);
    }

    private List<Submission> withoutRepeats(List<Submission> candidates) {
        Set<String> ids = HashSet.newHashSet(candidates.size());
        List<Submission> batch = new ArrayList<>(candidates.size());
        for (Submission candidate : candidates) {
            if (ids.add(candidate.id())) {
                batch.add(candidate);
            } else {
                deferred.add(candidate);
            }
        }
        return batch;
    }

    private static void add(@Nullable Submission first, List<Submission> candidates) {
        if (first != null) {
            candidates.add(first);
        }
    }
}
