package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * Repeats a transaction that failed because the archive moved one of its pedidos (SQLSTATE 40001). PostgreSQL rolled it
 * back.
 */
public final class SerializationRetry {
    private static final int MOST_TRIES = 20;
    /** It grows with each try: the archive may be on its way through the same pedidos, one after the other. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

    private SerializationRetry() {}

    /** A transaction. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    public static <T> T inTransaction(Database database, HandleCallback<T, SQLException> work) throws SQLException {
        return run(() -> database.jdbi().inTransaction(work));
    }

    public static <T> T run(Work<T> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return work.run();
            } catch (SQLException | JdbiException e) {
                if (!LedgerFault.isSerializationFailure(e) || tries == MOST_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(tries * FIRST_PAUSE.toNanos());
            }
        }
    }
}
