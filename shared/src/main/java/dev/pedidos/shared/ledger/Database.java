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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of sessions. Every wait is bounded too: for a session, for a lock, for a statement, and the database ends
 * what a frozen program holds. A probe asks every second whether a session can do the work; those that cannot are dropped.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration WHILE_DOWN = Duration.ofMillis(500);
    /** Not up any more while a question has been open for longer. */
    private static final Duration PROBE_BOUND = SessionProbe.COMMIT_BOUND.plusSeconds(1);

    /** Whatever the role or the server has set for it: the bounds are ours, and so is the isolation that turns rely on. */
    public static final String SESSION = "set lock_timeout = '2s'; set statement_timeout = '30s';"
            + " set idle_in_transaction_session_timeout = '20s'; set timezone = 'UTC';"
            + " set default_transaction_isolation = 'read committed';"
            // Not every version of PostgreSQL knows both.
            + " select set_config(name, '0', false) from pg_settings"
            + " where name in ('transaction_timeout', 'idle_session_timeout');"
            // Every statement is a probe by key: planning it anew for each value costs more than running it, and a
            // small
            // table is not to be read whole for a few rows.
            + " set plan_cache_mode = 'force_generic_plan'; set random_page_cost = 1.1";

    /** Fails on a session that can write nothing: the pool asks it before it hands out one that lay idle. */
    private static final String ALIVE = "select 1 / (current_setting('transaction_read_only') = 'off')::int";

    private static final String CONSEQUENCE = " cannot be used: no work is done with it, asking again twice a second";

    private static final String CLOCK = Sql.named("clock");

    private final String address;
    private final Sessions sessions;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final FaultLog faults = new FaultLog(LOG);
    private final PeriodicTask probing;
    /** Null while the pool is being made. */
    private volatile @Nullable HikariPoolMXBean opened;

    private volatile boolean withTables;
    private volatile boolean othersDropped;
    private volatile boolean probed;
    private volatile boolean up;
    /** When the question was put that the probe waits for; 0: none. */
    private volatile long askedAt;

    /** As {@link #Database(String, Supplier, int, MeterRegistry)}, with credentials that stay as they are. */
    public Database(String program, DatabaseUrl url, int connections, MeterRegistry metrics) {
        this(program, () -> url, connections, metrics);
    }

    /**
     * Does not connect yet, so that programs start while the database is away.
     *
     * @param url asked again where the database refuses the credentials
     * @param connections how many, at the most
     */
    public Database(String program, Supplier<DatabaseUrl> url, int connections, MeterRegistry metrics) {
        address = url.get().toString();
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
        config.setExceptionOverride(new EndedSessions());
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
            throw sessions.reasonFor(e);
        }
    }

    /** Changes the bound, for a program that learns only from the database how many it needs. */
    public void allowConnections(int most) {
        pool.setMaximumPoolSize(most);
    }

    /** From now on a database without our tables, or without rights on them, counts as down. */
    public void expectTables() {
        withTables = true;
    }

    /** What the last probe saw, a second or two ago: that a session can do the work. */
    public boolean isUp() {
        return up && !isOverdue() && !hasNoSession();
    }

    /**
     * For work that can be left out, or comes again by itself: while the database is known to be unusable it fails at once.
     * Each commit that hangs would keep one more session of the server.
     */
    public void refuseWhileDown() throws SQLException {
        if (probed && !isUp()) {
            throw new SQLTransientConnectionException("the database cannot be used");
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

    /** Those that are open may still work. */
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

    /** Asks it now; takes as long as a session and a commit may take. */
    public boolean answers() {
        return answers(() -> {});
    }

    /** @param asking is told when the question is put */
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
                // The address may lead to another server by now: the pool opens others.
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

    /** What is opened later is looked at when it is handed out. */
    private void dropOthersOnce() {
        if (!othersDropped) {
            othersDropped = true;
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** No other transaction gets this session. */
    public void drop(Handle handle) {
        pool.evictConnection(handle.getConnection());
    }

    /**
     * What time it was for the database.
     *
     * @param askedAt by System.nanoTime, when the question was put: not while a connection was waited for
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

    /** The pool drops sessions that are lost; these answer, and are of no use. */
    private static final class EndedSessions implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return LedgerFault.endsSession(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
