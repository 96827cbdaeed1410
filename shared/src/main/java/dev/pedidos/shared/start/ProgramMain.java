package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.TopologyMismatch;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.runtime.CannotListen;
import dev.pedidos.shared.runtime.InvalidConfig;
import dev.pedidos.shared.text.RootLocale;
import org.slf4j.LoggerFactory;

/** The end of a program that cannot start or go on: one clear text, exit code 1. */
public final class ProgramMain {

    /** A program, from its start to its end. */
    @FunctionalInterface
    public interface Program {
        void run() throws Exception;
    }

    private ProgramMain() {}

    /**
     * Runs a program; what it cannot start with is said on standard error. Told to stop while it waits, it just ends. After
     * anything else that goes wrong it ends as well, since threads that were started would keep half of it alive.
     */
    public static void run(Program program) {
        RootLocale.makeDefault();
        try {
            program.run();
        } catch (InvalidConfig | TopologyMismatch | DatabaseRefused | CannotListen e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            end(e);
        }
    }

    /** For what nobody expected, and for what goes wrong behind the back of a program that has begun to work with one store. */
    static void end(Throwable failure) {
        try {
            LoggerFactory.getLogger(ProgramMain.class).error("this program cannot go on and ends", failure);
        } finally {
            System.exit(1);
        }
    }
}
