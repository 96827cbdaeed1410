package dev.pedidos.tools.proof.laws;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work on a connection that an interrupt ends. The driver itself does not heed one while it waits for the server. */
public final class InterruptibleWork {

    /** Statements on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    private InterruptibleWork() {}

    /** @throws InterruptedException the connection was aborted; the server ends its statement when it next writes to it */
    public static <T> T on(Connection connection, Work<T> work) throws SQLException, InterruptedException {
        var task = new FutureTask<T>(work::run);
        Thread.ofPlatform().daemon().name("database").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            connection.abort(Runnable::run);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
