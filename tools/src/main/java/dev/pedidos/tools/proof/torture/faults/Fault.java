package dev.pedidos.tools.proof.torture.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One way to break the system; docs/faults.md says what each stands for.
 *
 * @param shortest how long it lasts before it is mended, at least; zero where it is over at once
 */
public record Fault(String name, Set<Target> targets, Duration shortest, Duration longest, Action action) {

    /** Breaks, waits, mends, whatever happens in between. */
    public interface Action {
        /** Gives what it hit, as a number of things that were under way; 0: it missed. */
        long run(Scene scene, Duration length, RandomGenerator random)
                throws IOException, SQLException, InterruptedException;
    }
}
