package dev.pedidos.tools.stack.processes;

import java.util.concurrent.CompletableFuture;

/** Stops something completely: an interrupt (Ctrl-C during the stop) does not cut it short. */
public final class UninterruptedStop {

    private UninterruptedStop() {}

    /** Returns when the stop is finished; an interrupt meanwhile stays set. */
    public static void run(Runnable stop) {
        // On a thread of its own, which nobody interrupts; join() ignores interrupts.
        CompletableFuture.runAsync(
                        stop, task -> Thread.ofPlatform().name("stop").start(task))
                .join();
    }
}
