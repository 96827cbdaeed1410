package dev.pedidos.local.torture.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a while until something is under way that a fault can hit: where a server is away there is nothing. */
final class Window {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Window() {}

    /** How much is under way now. */
    interface Probe {
        long look() throws IOException, InterruptedException;
    }

    /** Gives what it saw last; 0 where there was nothing all the time. */
    static long await(Probe probe) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long seen = probe.look();
        while (seen == 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            seen = probe.look();
        }
        return seen;
    }
}
