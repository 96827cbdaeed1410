package dev.pedidos.tools.cli.program;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Runs a command so that Ctrl-C, SIGTERM and a closed terminal interrupt it, and waits until it has stopped everything
 * that it started. Works at any moment of the command.
 */
public final class Interruption {
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final IntSupplier command;
    private volatile int exitCode = 1;

    public Interruption(IntSupplier command) {
        this.command = command;
    }

    /** Ends the JVM with the command's exit code. */
    public void runAndExit() throws InterruptedException {
        // Not the main thread: the hook waits for this one, and main waits in System.exit for the hook.
        Thread thread = new Thread(() -> exitCode = command.getAsInt(), "command");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(thread), "interruption"));
        thread.start();
        thread.join();
        System.exit(exitCode);
    }

    private void stop(Thread thread) {
        if (!thread.isAlive()) {
            return;
        }
        thread.interrupt();
        try {
            if (!thread.join(MOMENT)) {
                System.err.println("stopping what this command has started");
            }
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Otherwise the JVM would end with the signal's exit code, although everything was stopped in order.
        Runtime.getRuntime().halt(exitCode);
    }
}
