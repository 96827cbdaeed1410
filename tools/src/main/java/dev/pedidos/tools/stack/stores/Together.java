package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs slow steps at the same time; closing waits for all of them. */
final class Together implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The result of a step. */
    record Result<T>(Future<T> future) {
        T get() throws IOException, InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
            }
        }
    }

    <T> Result<T> start(Callable<T> work) {
        return new Result<>(threads.submit(work));
    }

    @Override
    public void close() {
        threads.close();
    }
}
