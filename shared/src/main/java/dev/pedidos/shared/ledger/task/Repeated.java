package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/** A transaction that is repeated if a pedido was archived while it was under way: nothing of it was kept then. */
final class Repeated {
    private static final int MOST_TRIES = 20;

    private Repeated() {}

    static <T> T inTransaction(Database database, HandleCallback<T, SQLException> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return database.jdbi().inTransaction(work);
            } catch (SQLException | JdbiException e) {
                if (!LedgerFault.isSerializationFailure(e) || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }
}
