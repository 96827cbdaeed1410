package dev.pedidos.tools.cli.options;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that may wait without heeding an interrupt: for a terminal, or for the other end of a named pipe. */
public final class AbandonableIo {

    /** Reads or writes. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    private AbandonableIo() {}

    /** @throws InterruptedException the work goes on by itself, on a thread that does not keep the JVM alive */
    public static <T> T run(Work<T> work) throws IOException, InterruptedException {
        var task = new FutureTask<T>(work::run);
        Thread.ofPlatform().daemon().name("files").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
