package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;

/** Bounds how many connections turns take at once. Slow turns then wait for each other, and leave connections to other work. */
final class TurnPermits {

    private final Resizable permits;
    private int most;

    TurnPermits(int most) {
        this.most = most;
        this.permits = new Resizable(most);
    }

    synchronized void allow(int wanted) {
        if (wanted > most) {
            permits.release(wanted - most);
        } else {
            permits.reducePermits(most - wanted);
        }
        most = wanted;
    }

    /**
     * @return false if there was none within this time
     * @throws ConnectionException this thread was interrupted
     */
    boolean take(Duration within) {
        try {
            return permits.tryAcquire(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(new SQLException("interrupted while waiting for a turn", e));
        }
    }

    void giveBack() {
        permits.release();
    }

    /** The JDK's lets only subclasses take permits away. */
    private static final class Resizable extends Semaphore {

        private static final long serialVersionUID = 1;

        Resizable(int permits) {
            super(permits, true);
        }

        @Override
        public void reducePermits(int reduction) {
            super.reducePermits(reduction);
        }
    }
}
