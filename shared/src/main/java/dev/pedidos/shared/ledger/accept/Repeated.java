package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/** Work that is repeated if a pedido was archived while it was under way: nothing of it was kept then. */
public final class Repeated {
    private static final int MOST_TRIES = 20;
    /** It grows with each try: the archive may be on its way through the same pedidos, one after the other. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

    private Repeated() {}

    /** A transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }

    public static <T> T inTransaction(Database database, HandleCallback<T, SQLException> work) throws SQLException {
        return run(() -> database.jdbi().inTransaction(work));
    }

    static <T> T run(Work<T> work) throws SQLException {
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
