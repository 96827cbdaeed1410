package dev.pedidos.tools.proof.torture.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One way to break the system; docs/faults.md says what each stands for.
 *
 * @param shortest the shortest time until it is healed; zero if it is over at once
 */
public record Fault(String name, Set<Target> targets, Duration shortest, Duration longest, Action action) {

    /** Breaks something, waits, and heals it, whatever happens in between. */
    public interface Action {
        /** Returns the number of things that were in progress and were hit; 0: it missed. */
        long run(Scene scene, Duration length, RandomGenerator random)
                throws IOException, SQLException, InterruptedException;
    }
}
