package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;

/** Work on a connection that an interrupt ends. The driver itself does not heed one while it waits for the server. */
public final class CancellableSql {
    private static final Duration CANCEL_WITHIN = Duration.ofMillis(300);

    /**
     * Statements on the connection.
     *
     * @param <E> what else the work may throw
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws SQLException, InterruptedException, E;
    }

    private CancellableSql() {}

    /** @throws InterruptedException the statement was cancelled and the connection aborted */
    public static <T, E extends Exception> T on(Connection connection, Work<T, E> work)
            throws SQLException, InterruptedException, E {
        return on(List.of(connection), work);
    }

    /** @throws InterruptedException the statements of all connections were cancelled and the connections aborted */
    public static <T, E extends Exception> T on(List<Connection> connections, Work<T, E> work)
            throws SQLException, InterruptedException, E {
        var task = new FutureTask<T>(work::run);
        Thread.ofPlatform().daemon().name("database").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            stop(connections);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case InterruptedException failed -> throw failed;
                case Exception failed -> throw CancellableSql.<E>itsOwn(failed);
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @SuppressWarnings("unchecked") // The work declares no other exception.
    private static <E extends Exception> E itsOwn(Exception failed) {
        return (E) failed;
    }

    /** A server that is only left goes on with its statement, and keeps its snapshot and its locks. */
    private static void stop(List<Connection> connections) throws SQLException, InterruptedException {
        var cancelling =
                Thread.ofPlatform().daemon().name("cancel").start(() -> connections.forEach(CancellableSql::cancel));
        try {
            cancelling.join(CANCEL_WITHIN);
        } finally {
            for (Connection connection : connections) {
                connection.abort(Runnable::run);
            }
        }
    }

    private static void cancel(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException unreachable) {
            // The statement ends when the server finds the connection closed.
        }
    }
}
