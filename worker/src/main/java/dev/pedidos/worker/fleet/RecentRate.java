package dev.pedidos.worker.fleet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The growth of a count per second, over the last few seconds. */
final class RecentRate {

    private record Reading(double count, long nanos) {}

    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Reading> readings = new ArrayDeque<>();

    double perSecond(double count, long nanos) {
        readings.addLast(new Reading(count, nanos));
        while (nanos - readings.getFirst().nanos() > WINDOW.toNanos()) {
            readings.removeFirst();
        }
        var first = readings.getFirst();
        long passed = nanos - first.nanos();
        return passed == 0 ? 0 : (count - first.count()) * Duration.ofSeconds(1).toNanos() / passed;
    }
}
