package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How long the turns of a program wait for the locks of receivers. A frozen program may hold those of a whole lot. So for some
 * seconds after a wait that was in vain each further one is short: otherwise a shard would wait for one receiver after the other.
 */
final class LockWaits {

    private static final Duration SHORT_FOR = Duration.ofSeconds(5);

    private volatile long shortUntil = System.nanoTime();

    /** The text whose lock is waited for as long as now seems right. */
    String choose(String usual, String brief) {
        return areShort() ? brief : usual;
    }

    private boolean areShort() {
        return shortUntil - System.nanoTime() > 0;
    }

    /**
     * The rows of the second of two statements, of which the first waits for a lock.
     *
     * @throws ReceiverLockTimeout another session kept the lock for too long
     */
    ResultSet afterLock(PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
        } catch (SQLException e) {
            if (!LedgerFault.isLockTimeout(e)) {
                throw e;
            }
            // A short wait in vain does not keep the next ones short: the lock may be one that is free in a moment.
            if (!areShort()) {
                shortUntil = System.nanoTime() + SHORT_FOR.toNanos();
            }
            throw new ReceiverLockTimeout(e);
        }
        statement.getMoreResults();
        return statement.getResultSet();
    }
}
