package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.TopologyMismatch;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.runtime.InvalidConfig;
import org.slf4j.LoggerFactory;

/** The end of a program that cannot start: one clear text, exit code 1. */
public final class Refusal {

    /** A program, from its start to its end. */
    @FunctionalInterface
    public interface Program {
        void run() throws Exception;
    }

    private Refusal() {}

    /** Runs a program; what it cannot start with is said on standard error. Told to stop while it waits, it just ends. */
    public static void orRun(Program program) throws Exception {
        try {
            program.run();
        } catch (InvalidConfig | TopologyMismatch | DatabaseRefused e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For what goes wrong behind the back of a program that has begun to work with one store. */
    static void end(Throwable failure) {
        LoggerFactory.getLogger(Refusal.class).error("this program cannot work with its stores and ends", failure);
        System.exit(1);
    }
}
