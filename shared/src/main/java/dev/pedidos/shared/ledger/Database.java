package dev.pedidos.shared.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of sessions. Every wait is bounded too: for a session, for a lock, for a statement. The database ends
 * the transactions of a frozen program. A probe checks every second that a session can do the work; sessions that
 * cannot are dropped.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    private static final int FEWEST_TURNS = 2;
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration WHILE_DOWN = Duration.ofMillis(500);
    /** A probe without an answer for longer than this counts as down. */
    private static final Duration PROBE_BOUND = SessionProbe.COMMIT_BOUND.plusSeconds(1);

    /** Overrides settings of the role or the server. Our bounds must hold, and turns rely on this isolation level. */
    public static final String SESSION = "set lock_timeout = '2s'; set statement_timeout = '30s';"
            + " set idle_in_transaction_session_timeout = '20s'; set timezone = 'UTC';"
            + " set default_transaction_isolation = 'read committed';"
            // Off, a commit waits for no disk. Every other value waits for this server's disk, and says what else it
            // waits for: that choice is the operator's.
            + " select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';"
            // Not every version of PostgreSQL has both settings.
            + " select set_config(name, '0', false) from pg_settings"
            + " where name in ('transaction_timeout', 'idle_session_timeout');"
            // Every statement finds rows by key. Planning it for each value costs more than running it, and a small
            // table must not be scanned as a whole for a few rows.
            + " set plan_cache_mode = 'force_generic_plan'; set random_page_cost = 1.1";

    /** Fails on a session that cannot write. The pool runs it before it hands out an idle session. */
    private static final String ALIVE = "select 1 / (current_setting('transaction_read_only') = 'off')::int";

    private static final String CONSEQUENCE = " cannot be used: no work is done with it, asking again twice a second";

    private static final String CLOCK = Sql.named("clock");

    private final String address;
    private final Sessions sessions;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final TurnPlaces turns;
    private final FaultLog faults = new FaultLog(LOG);
    private final PeriodicTask probing;
    /** Null until the pool is open. */
    private volatile @Nullable HikariPoolMXBean opened;

    private volatile boolean withTables;
    private volatile boolean othersDropped;
    private volatile boolean probed;
    private volatile boolean up;
    /** System.nanoTime() of the probe that has no answer yet; 0 if there is none. */
    private volatile long askedAt;

    /** As {@link #Database(String, Supplier, int, MeterRegistry)}, with credentials that do not change. */
    public Database(String program, DatabaseUrl url, int connections, MeterRegistry metrics) {
        this(program, () -> url, connections, metrics);
    }

    /**
     * Does not connect yet, so that programs start while the database is down.
     *
     * @param url asked again if the database refuses the credentials
     * @param connections the size of the pool
     */
    public Database(String program, Supplier<DatabaseUrl> url, int connections, MeterRegistry metrics) {
        address = url.get().toString();
        turns = new TurnPlaces(connections);
        probing = new PeriodicTask(
                program + "-database-probe", Timing.interruptedAtStop(WHILE_DOWN), this::probe, this::probeFailed);
        sessions = new Sessions(program, url, this::refused);
        var config = new HikariConfig();
        config.setPoolName(program);
        config.setDataSource(sessions);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, 2));
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SESSION);
        config.setConnectionTestQuery(ALIVE);
        config.setExceptionOverride(new SessionFailures());
        config.setMetricRegistry(metrics);
        pool = new HikariDataSource(config);
        opened = pool.getHikariPoolMXBean();
        jdbi = Jdbi.create(this::session);
        probing.start();
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    private Connection session() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw LedgerFault.ofTheLedger(sessions.reasonFor(e));
        } catch (SQLException e) {
            throw LedgerFault.ofTheLedger(e);
        }
    }

    /**
     * Changes the size of the pool, for a program that reads from the database how many connections it needs.
     *
     * @param forTurns turns that are open at once; two at least, so that a program that gives its shards away can end what it has
     *     in hand
     * @param others connections for everything else
     */
    public void allowConnections(int forTurns, int others) {
        int atOnce = Math.max(forTurns, FEWEST_TURNS);
        pool.setMaximumPoolSize(atOnce + others);
        turns.allow(atOnce);
    }

    /**
     * The connection of a turn. While the database can be used, it waits for the turns before it: each of them is bounded.
     *
     * @return give it back with {@link #endTurn}
     */
    public Handle openTurn() {
        while (!turns.take(CONNECTION_WAIT)) {
            if (!isUp()) {
                throw new ConnectionException(LedgerFault.ofTheLedger(
                        new SQLTransientConnectionException("no turn has ended, and the database cannot be used")));
            }
        }
        try {
            return jdbi.open();
        } catch (RuntimeException | Error e) {
            turns.giveBack();
            throw e;
        }
    }

    public void endTurn(Handle handle) {
        try {
            handle.close();
        } finally {
            turns.giveBack();
        }
    }

    /** From now on, a database without our tables or without rights on them counts as down. */
    public void expectTables() {
        withTables = true;
    }

    /** True if the last probe, at most two seconds ago, found that a session can do the work. */
    public boolean isUp() {
        return up && !isOverdue() && !hasNoSession();
    }

    /**
     * For work that can be left out or is repeated anyway: fails at once while the database is known to be down. Every
     * commit that hangs would hold one more session of the server.
     */
    public void refuseWhileDown() throws SQLException {
        if (probed && !isUp()) {
            throw LedgerFault.ofTheLedger(new SQLTransientConnectionException("the database cannot be used"));
        }
    }

    private boolean isOverdue() {
        long asked = askedAt;
        return asked != 0 && System.nanoTime() - asked > PROBE_BOUND.toNanos();
    }

    private boolean hasNoSession() {
        var open = opened;
        return sessions.isRefused() && open != null && open.getTotalConnections() == 0;
    }

    /** Open sessions may still work. */
    private void refused(SQLException failure) {
        var open = opened;
        if (!probing.isStopping() && (open == null || open.getTotalConnections() == 0)) {
            faults.warn("the database at " + address + CONSEQUENCE, failure);
        }
    }

    private Duration probe() {
        boolean answered = answers(() -> askedAt = Math.max(1, System.nanoTime()));
        up = answered;
        askedAt = 0;
        probed = true;
        return answered ? PROBE_INTERVAL : WHILE_DOWN;
    }

    private void probeFailed(Throwable failure) {
        up = false;
        faults.warn("the database at " + address + CONSEQUENCE, failure);
    }

    /** Probes the database now. Takes up to the bounds of a session and a commit. */
    public boolean answers() {
        return answers(() -> {});
    }

    /** @param asking runs just before the question is sent */
    private boolean answers(Runnable asking) {
        try (var session = session()) {
            asking.run();
            return isUsable(session);
        } catch (SQLException | RuntimeException e) {
            if (!probing.isStopping()) {
                faults.warn("the database at " + address + CONSEQUENCE, e);
            }
            return false;
        }
    }

    private boolean isUsable(Connection session) throws SQLException {
        return switch (SessionProbe.ask(session, withTables)) {
            case SessionProbe.Verdict.Usable() -> {
                othersDropped = false;
                if (faults.over()) {
                    LOG.info("the database at {} can be used again", address);
                }
                yield true;
            }
            case SessionProbe.Verdict.ReadOnly(var why) -> {
                // The address may lead to another server now: the pool opens new sessions.
                pool.evictConnection(session);
                dropOthersOnce();
                faults.warn("the database at " + address + CONSEQUENCE, why);
                yield false;
            }
            case SessionProbe.Verdict.Unusable(var why) -> {
                faults.warn("the database at " + address + CONSEQUENCE, why);
                yield false;
            }
        };
    }

    /** Sessions that are opened later are checked when they are handed out. */
    private void dropOthersOnce() {
        if (!othersDropped) {
            othersDropped = true;
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Ends this session; no other transaction gets it. */
    public void drop(Handle handle) {
        pool.evictConnection(handle.getConnection());
    }

    /**
     * The database's time.
     *
     * @param askedAt System.nanoTime() when the question was sent; the wait for a session comes before it
     */
    public record ClockReading(long micros, long askedAt) {}

    public ClockReading readClock() {
        return jdbi.withHandle(handle -> {
            var question = handle.createQuery(CLOCK).mapTo(Long.class);
            long askedAt = System.nanoTime();
            return new ClockReading(question.one(), askedAt);
        });
    }

    @Override
    public void close() {
        probing.stop();
        sessions.close();
        pool.close();
    }

    /**
     * Sees every failure of a session. The pool itself drops lost sessions. Some still answer, but cannot be used: these are
     * dropped here.
     */
    private static final class SessionFailures implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            LedgerFault.ofTheLedger(failure);
            return LedgerFault.endsSession(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
