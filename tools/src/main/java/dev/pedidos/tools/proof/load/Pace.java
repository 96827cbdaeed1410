package dev.pedidos.tools.proof.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Limits the rate per second, evenly. It does not catch up in a burst after a pause. */
public final class Pace {
    private final long intervalNanos;
    private long nextNanos = System.nanoTime();

    /** @param perSecond 0: no limit */
    public Pace(int perSecond) {
        intervalNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    public void await() {
        if (intervalNanos == 0) {
            return;
        }
        long mine = mine();
        for (long left = mine - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(left);
            left = mine - System.nanoTime();
        }
    }

    private synchronized long mine() {
        long mine = Math.max(nextNanos, System.nanoTime());
        nextNanos = mine + intervalNanos;
        return mine;
    }
}
