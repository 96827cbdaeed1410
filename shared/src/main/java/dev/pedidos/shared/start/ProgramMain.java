package dev.pedidos.shared.start;

import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.runtime.CannotListen;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.TopologyMismatch;
import org.slf4j.LoggerFactory;

/** Ends a program that cannot start or go on: one clear message, exit code 1. */
public final class ProgramMain {

    /** A program, from its start to its end. */
    @FunctionalInterface
    public interface Program {
        void run() throws Exception;
    }

    private ProgramMain() {}

    /**
     * Runs a program; prints on standard error why it cannot start. A program that is told to stop while it waits just
     * ends. After any other failure the process ends too, because started threads would keep half of it alive.
     */
    public static void run(Program program) {
        RootLocale.makeDefault();
        try {
            program.run();
        } catch (TopologyMismatch | DatabaseRefused e) {
            System.err.println("nothing was started: " + e.getMessage());
            Lifecycle.endFailedProcess();
        } catch (InvalidConfig | CannotListen e) {
            System.err.println(e.getMessage());
            Lifecycle.endFailedProcess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            end(e);
        }
    }

    /**
     * For unexpected failures, and for failures in the background of a program that has begun to work with one store.
     */
    static void end(Throwable failure) {
        try {
            LoggerFactory.getLogger(ProgramMain.class).error("this program cannot go on and ends", failure);
        } finally {
            Lifecycle.endFailedProcess();
        }
    }
}
