package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.LedgerFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in the database that this process lives: it holds an advisory lock of its name, in a session of its own. A process
 * that ends loses it at once; one that is frozen, or cut off, when the database misses its beats.
 */
public final class LivenessLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivenessLock.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String SESSION =
            "set lock_timeout = 0; set statement_timeout = '10s';" + " set idle_session_timeout = '15s'";

    private final FaultLog faults = new FaultLog(LOG);
    private final Database database;
    private final String host = hostName();
    private final long pid = ProcessHandle.current().pid();
    private final String name =
            host + ":" + pid + ":" + UUID.randomUUID().toString().substring(0, 8);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("life-line").daemon().unstarted(this::hold);

    public LivenessLock(Database database) {
        this.database = database;
    }

    /** Unlike that of any other process, now or later. */
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
        thread.start();
        held.await();
    }

    private void hold() {
        try {
            do {
                beatUntilLost();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatUntilLost() throws InterruptedException {
        try (Handle handle = database.jdbi().open()) {
            try {
                handle.execute(SESSION);
                handle.execute("select pg_advisory_lock(hashtextextended(?, 1))", name);
                held.countDown();
                while (!stopping.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                    if (isOnStandby(handle)) {
                        database.drop(handle);
                        return;
                    }
                }
            } finally {
                // It goes back to the pool.
                handle.execute("select pg_advisory_unlock_all(); set idle_session_timeout = 0; " + Database.SESSION);
            }
        } catch (JdbiException e) {
            LOG.debug("the life line is lost, taking it up again", e);
            if (LedgerFault.kindOf(e)
                    .filter(LedgerFault.Kind.CONFIGURATION::equals)
                    .isPresent()) {
                faults.warn(
                        "the lock that shows that this worker lives cannot be taken, and without it nothing is begun",
                        e);
            }
        }
    }

    /** The address leads to another server by now, where nobody sees this lock. */
    private static boolean isOnStandby(Handle handle) {
        return handle.createQuery("select pg_is_in_recovery()")
                .mapTo(Boolean.class)
                .one();
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
        stopping.countDown();
        thread.join();
    }
}
