package dev.pedidos.worker.webhook;

import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.http.RetryAfter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The wait until the next attempt: the delays of the retries of pedidos, each up to a fifth longer, so that webhooks that failed
 * together do not come together again.
 */
record Backoff(RetryLadder ladder, RandomGenerator random) {
    private static final double JITTER = 0.2;

    /**
     * @param failures attempts that failed so far, from 1
     * @param asked by the endpoint, at most {@link RetryAfter#LONGEST}
     */
    Duration after(int failures, Optional<Duration> asked) {
        Duration own = lengthened(ladder.delayAfter(failures), random.nextDouble());
        return Collections.max(List.of(own, asked.orElse(own)));
    }

    /** No wait is longer. */
    Duration longest() {
        return Collections.max(List.of(lengthened(ladder.delays().getLast(), 1), RetryAfter.LONGEST));
    }

    private static Duration lengthened(Duration delay, double share) {
        return delay.plusMillis((long) (delay.toMillis() * JITTER * share));
    }
}
