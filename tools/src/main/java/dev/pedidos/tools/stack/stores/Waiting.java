package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a condition that nobody announces, checking it at short intervals. */
final class Waiting {
    private static final long INTERVAL_MILLIS = 40;

    private Waiting() {}

    /** Checks once; an exception ends the wait. */
    interface Probe {
        boolean holds() throws IOException, InterruptedException;
    }

    static boolean until(Duration bound, Probe probe) throws IOException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!probe.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        }
        return true;
    }
}
