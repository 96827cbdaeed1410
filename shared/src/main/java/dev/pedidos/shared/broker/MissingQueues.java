package dev.pedidos.shared.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Queues that the broker did not have when it was asked. It logs each question about one as an error, so it is asked again after a rest. */
final class MissingQueues {

    private static final Duration REST = Duration.ofSeconds(5);

    private final Runnable onMissing;
    /** By queue: System.nanoTime() of the last answer that it is missing. */
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    /** @param onMissing told of each such answer; must not wait */
    MissingQueues(Runnable onMissing) {
        this.onMissing = onMissing;
    }

    void reported(String queue) {
        since.put(queue, System.nanoTime());
        onMissing.run();
    }

    /** It is there, or nobody asks for it any more. */
    void forget(String queue) {
        since.remove(queue);
    }

    /** All are asked for again at once. */
    void forgetAll() {
        since.clear();
    }

    boolean isEmpty() {
        return since.isEmpty();
    }

    boolean rests(String queue) {
        Long last = since.get(queue);
        return last != null && System.nanoTime() - last < REST.toNanos();
    }
}
