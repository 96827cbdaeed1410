package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in the database that this process lives: it holds an advisory lock of its name, in a session of its own. A process
 * that ends loses the lock at once. A process that is frozen or cut off loses it when the database misses its beats.
 */
public final class LivenessLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivenessLock.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** How long living processes may take to get their locks again after the database has ended all sessions. */
    private static final Duration ALL_BACK_WITHIN = Duration.ofSeconds(10);

    /** The age of the oldest session that this role may see; its own is one. */
    private static final String MILLIS_OF_OLDEST_SESSION =
            "select greatest(0, extract(epoch from clock_timestamp() - min(backend_start)) * 1000)::bigint"
                    + " from pg_stat_activity where datname = current_database()";

    private static final String SESSION =
            "set lock_timeout = 0; set statement_timeout = '10s';" + " set idle_session_timeout = '15s'";

    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final Database database;
    private final Duration allBackWithin;
    private final String host = hostName();
    private final long pid = ProcessHandle.current().pid();
    private final String name =
            host + ":" + pid + ":" + UUID.randomUUID().toString().substring(0, 8);
    private final CountDownLatch held = new CountDownLatch(1);
    private final PeriodicTask task =
            new PeriodicTask("liveness-lock", Timing.finishedAtStop(PAUSE), this::beat, this::lost);
    /** Only one thread at a time may use the session. */
    private final Object asking = new Object();

    private boolean wasLost;
    private volatile long allBackAt;
    /** Holds the lock; null while it is lost. */
    private volatile @Nullable Handle session;

    public LivenessLock(Database database) {
        this(database, ALL_BACK_WITHIN);
    }

    /** @param allBackWithin of a test: how long living processes may take to get their locks again */
    public LivenessLock(Database database, Duration allBackWithin) {
        this.database = database;
        this.allBackWithin = allBackWithin;
    }

    /** No other process has this name, now or later. */
    public String name() {
        return name;
    }

    public String host() {
        return host;
    }

    public long pid() {
        return pid;
    }

    /** Returns when the lock is held for the first time. */
    public void start() throws InterruptedException {
        task.start();
        held.await();
    }

    private Duration beat() {
        Handle current = session;
        if (current == null) {
            var fresh = locked();
            session = fresh;
            held.countDown();
            return BEAT;
        }
        if (isOnStandby(current)) {
            drop(current);
            return PAUSE;
        }
        return BEAT;
    }

    /**
     * Whether a process whose lock was free a moment ago has ended. It may live if the database has ended all sessions, by a restart for
     * example. Then this process lost its lock, too, or it has just started and every session is new. It waits until all may have their
     * locks again.
     */
    public boolean canTellDeaths() {
        Handle current = session;
        if (current == null || System.nanoTime() - allBackAt < 0) {
            return false;
        }
        try {
            return !isOnStandby(current);
        } catch (RuntimeException lost) {
            LOG.debug("the session that holds the lock is lost", lost);
            return false;
        }
    }

    private Handle locked() {
        Handle fresh = database.jdbi().open();
        try {
            fresh.execute(SESSION);
            fresh.execute("select pg_advisory_lock(hashtextextended(?, 1))", name);
            allBackAt = System.nanoTime() + untilAllAreBack(fresh).toNanos();
            return fresh;
        } catch (RuntimeException e) {
            drop(fresh);
            throw e;
        }
    }

    /** If no session is old, the database may have ended all of them a moment ago. */
    private Duration untilAllAreBack(Handle fresh) {
        if (wasLost) {
            return allBackWithin;
        }
        long millis =
                fresh.createQuery(MILLIS_OF_OLDEST_SESSION).mapTo(Long.class).one();
        var left = allBackWithin.minusMillis(millis);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void lost(Throwable failure) {
        wasLost = true;
        LOG.debug("the session that holds the lock is lost; the lock is taken again", failure);
        if (LedgerFault.kindOf(failure)
                .filter(LedgerFault.Kind.CONFIGURATION::equals)
                .isPresent()) {
            faults.warn(
                    "the lock that shows that this worker lives cannot be taken; without it the worker begins no pedido",
                    failure);
        }
        Handle current = session;
        if (current != null) {
            drop(current);
        }
    }

    private void drop(Handle handle) {
        session = null;
        wasLost = true;
        database.end(handle);
    }

    /** The address may lead to another server by now, where no worker sees this lock. */
    private boolean isOnStandby(Handle handle) {
        synchronized (asking) {
            return handle.createQuery("select pg_is_in_recovery()")
                    .mapTo(Boolean.class)
                    .one();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
        Handle current = session;
        if (current != null) {
            drop(current);
        }
    }
}
