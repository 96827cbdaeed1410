package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a while until something is under way that a fault can hit: where a server is away there is nothing. */
final class Window {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Window() {}

    /** How much is under way now. */
    interface Probe {
        long look() throws IOException, InterruptedException;
    }

    /** Until a program that was started answers, for longer: on a busy machine a JVM takes its time. */
    static void awaitAnswer(Member member) throws IOException, InterruptedException {
        await(() -> member.answers() ? 1 : 0, START);
    }

    /** Gives what it saw last; 0 where there was nothing all the time. */
    static long await(Probe probe) throws IOException, InterruptedException {
        return await(probe, PATIENCE);
    }

    static long await(Probe probe, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long seen = probe.look();
        while (seen == 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            seen = probe.look();
        }
        return seen;
    }
}
