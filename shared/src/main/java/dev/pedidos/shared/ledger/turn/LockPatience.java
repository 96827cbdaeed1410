package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How long the turns and the cancellations of a program wait for locks. A frozen program may hold those of all receivers of a lot,
 * and a forgotten session a row that many pedidos need. So for some seconds after a wait in vain each further wait is short:
 * otherwise a shard, or a connection for cancellations, would wait for one receiver after the other.
 */
public final class LockPatience {

    private static final Duration SHORT_FOR = Duration.ofSeconds(5);

    private volatile long shortUntil = System.nanoTime();

    /** The statement to use now: {@code brief} for some seconds after a wait in vain, else {@code usual}. */
    public String choose(String usual, String brief) {
        return isShort() ? brief : usual;
    }

    /**
     * Call it after a wait in vain. A short wait in vain does not prolong the time of short waits: that lock may be free in a moment.
     */
    public void shorten() {
        if (!isShort()) {
            shortUntil = System.nanoTime() + SHORT_FOR.toNanos();
        }
    }

    private boolean isShort() {
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
            shorten();
            throw new ReceiverLockTimeout(e);
        }
        statement.getMoreResults();
        return statement.getResultSet();
    }
}
