package dev.pedidos.shared.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The delays between attempts: the first one is doubled up to the longest. */
public record RetryLadder(List<Duration> delays) {

    public RetryLadder {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("a ladder needs a delay");
        }
    }

    public static RetryLadder doubling(Duration base, Duration max) {
        List<Duration> delays = new ArrayList<>();
        for (var delay = base; delay.compareTo(max) < 0; delay = delay.multipliedBy(2)) {
            delays.add(delay);
        }
        delays.add(max);
        return new RetryLadder(delays);
    }

    /** @param failures attempts that failed so far, from 1 */
    public Duration delayAfter(int failures) {
        return delays.get(Math.min(failures, delays.size()) - 1);
    }

    /** The shortest delay of the ladder that is not shorter than this; otherwise the longest. */
    public Duration atLeast(Duration wanted) {
        return delays.stream()
                .filter(delay -> delay.compareTo(wanted) >= 0)
                .findFirst()
                .orElse(delays.getLast());
    }
}
