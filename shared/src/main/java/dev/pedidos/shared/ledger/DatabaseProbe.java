package dev.pedidos.shared.ledger;

import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every second whether a session can do the work, and drops sessions that cannot. */
final class DatabaseProbe {

    /** The sessions that are asked. */
    interface Pool {
        Connection session() throws SQLException;

        /** The next session is opened where the address leads then. */
        void readAddressNext();

        /** Nobody gets this session again. */
        void drop(Connection session);

        /** Nobody gets the sessions again that are open now. */
        void dropAll();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration WHILE_DOWN = Duration.ofMillis(500);
    /** A probe without an answer for longer than this counts as down. */
    private static final Duration BOUND = SessionProbe.COMMIT_BOUND.plusSeconds(1);

    private final Supplier<String> address;
    private final Pool pool;
    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final PeriodicTask task;

    private volatile boolean withTables;
    private volatile boolean othersDropped;
    private volatile boolean asked;
    private volatile boolean up;
    /** System.nanoTime() of the probe that has no answer yet; 0 if there is none. */
    private volatile long askedAt;

    /** @param address without a password, for log lines */
    DatabaseProbe(String program, Supplier<String> address, Pool pool) {
        this.address = address;
        this.pool = pool;
        task = new PeriodicTask(
                program + "-database-probe", Timing.interruptedAtStop(WHILE_DOWN), this::probe, this::failed);
    }

    void start() {
        task.start();
    }

    void stop() {
        task.stop();
    }

    boolean isStopping() {
        return task.isStopping();
    }

    /** From now on, a database without our tables or without rights on them counts as down. */
    void expectTables() {
        withTables = true;
    }

    /** Whether a probe has had an answer, good or bad. */
    boolean hasAsked() {
        return asked;
    }

    /** True if the last probe, at most two seconds ago, found that a session can do the work. */
    boolean isUp() {
        long since = askedAt;
        return up && (since == 0 || System.nanoTime() - since <= BOUND.toNanos());
    }

    private Duration probe() {
        boolean answered = probeNow(() -> askedAt = Math.max(1, System.nanoTime()));
        up = answered;
        askedAt = 0;
        asked = true;
        return answered ? INTERVAL : WHILE_DOWN;
    }

    private void failed(Throwable failure) {
        up = false;
        warn(failure);
    }

    /** Logs that the database cannot be used. */
    void warn(Throwable why) {
        faults.warn(unusable(), why);
    }

    private String unusable() {
        return "the database at " + address.get()
                + " cannot be used: no work is done with it, asking again twice a second";
    }

    /** Asks now. Takes up to the bounds of a session and a commit. */
    boolean probeNow() {
        return probeNow(() -> {});
    }

    /** @param asking runs just before the question is sent */
    private boolean probeNow(Runnable asking) {
        try (var session = pool.session()) {
            asking.run();
            return isUsable(session);
        } catch (SQLException | RuntimeException e) {
            if (!isStopping()) {
                warn(e);
            }
            pool.readAddressNext();
            if (LedgerFault.isConnectionLost(e)) {
                // The network may have lost the others too: each would be waited for.
                dropOthersOnce();
            }
            return false;
        }
    }

    private boolean isUsable(Connection session) throws SQLException {
        return switch (SessionProbe.ask(session, withTables)) {
            case SessionProbe.Result.Usable() -> {
                othersDropped = false;
                if (faults.over()) {
                    LOG.info("the database at {} can be used again", address.get());
                }
                yield true;
            }
            case SessionProbe.Result.ReadOnly(var why) -> {
                dropForNext(session);
                dropOthersOnce();
                faults.warn(unusable(), why);
                yield false;
            }
            case SessionProbe.Result.Unusable(var why) -> {
                dropForNext(session);
                faults.warn(unusable(), why);
                yield false;
            }
        };
    }

    private void dropForNext(Connection session) {
        pool.readAddressNext();
        pool.drop(session);
    }

    /** Sessions that are opened later are checked when they are handed out. */
    private void dropOthersOnce() {
        if (!othersDropped) {
            othersDropped = true;
            pool.dropAll();
        }
    }
}
