package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.FleetMember;
import java.io.IOException;
import java.time.Duration;

/** Waits for a while until something is in progress that a fault can hit. While a server is down there is nothing. */
final class Window {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Window() {}

    /** The number of things in progress. */
    interface Probe {
        long look() throws IOException, InterruptedException;
    }

    /** Waits longer, until a started program answers: on a busy machine a JVM takes its time. */
    static void awaitAnswer(FleetMember member) throws IOException, InterruptedException {
        await(() -> member.answers() ? 1 : 0, START);
    }

    /** Returns the last number; 0 if there was nothing all the time. */
    static long await(Probe probe) throws IOException, InterruptedException {
        return await(probe, PATIENCE);
    }

    static long await(Probe probe, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = probe.look();
        while (seen == 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            seen = probe.look();
        }
        return seen;
    }
}
