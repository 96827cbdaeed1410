package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The receivers' locks of a {@link MemoryLedger}. */
public final class MemoryLocks {

    private final Map<String, Semaphore> byReceiver = new ConcurrentHashMap<>();
    private volatile Duration timeout;

    MemoryLocks(Duration timeout) {
        this.timeout = timeout;
    }

    /** How long a turn waits for a receiver's lock from now on. */
    public void waitFor(Duration lock) {
        timeout = lock;
    }

    /** A frozen program keeps the receiver's lock. */
    public void lockElsewhere(String recebedorId) {
        of(recebedorId).acquireUninterruptibly();
    }

    /** That program goes on, and its turn ends. */
    public void unlock(String recebedorId) {
        of(recebedorId).release();
    }

    public boolean isLocked(String recebedorId) {
        return of(recebedorId).availablePermits() == 0;
    }

    /** Waits for the receiver's lock. */
    Semaphore take(String recebedorId) throws SQLException {
        var lock = of(recebedorId);
        try {
            if (!lock.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ReceiverLockTimeout(new SQLException("canceling statement due to lock timeout", "55P03"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return lock;
    }

    Semaphore of(String recebedorId) {
        return byReceiver.computeIfAbsent(recebedorId, id -> new Semaphore(1));
    }
}
