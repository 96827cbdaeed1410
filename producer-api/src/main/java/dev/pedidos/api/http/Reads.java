package dev.pedidos.api.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many requests ask the database for themselves at once: reading must never take the connections that accepting
 * needs, nor all of the server's threads. Beyond the bound 503 after a short wait.
 */
public final class Reads {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Semaphore permits;

    public Reads(int atOnce) {
        this.permits = new Semaphore(atOnce);
    }

    public <T> T run(Callable<T> work) throws Exception {
        if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProblemException(Problem.overloaded());
        }
        try {
            return work.call();
        } finally {
            permits.release();
        }
    }
}
