package dev.pedidos.tools.stack.processes;

import java.util.concurrent.CompletableFuture;

/** Stops something to the end: an interrupt (Ctrl-C while we are stopping anyway) does not cut the stopping short. */
public final class Uninterruptibly {

    private Uninterruptibly() {}

    /** Returns when it is done; an interrupt meanwhile stays set. */
    public static void run(Runnable stop) {
        // On a thread of its own, which nobody interrupts; join() waits on through an interrupt.
        CompletableFuture.runAsync(
                        stop, task -> Thread.ofPlatform().name("stop").start(task))
                .join();
    }
}
