package dev.pedidos.shared.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.pedidos.shared.config.DatabaseUrl;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of sessions. Every wait is bounded too: for a session, for a lock, for a statement. The database ends
 * the transactions of a frozen program. A probe checks every second that a session can do the work; sessions that
 * cannot are dropped.
 */
public final class Database implements AutoCloseable {

    /** Overrides settings of the role or the server. Our bounds must hold, and turns rely on this isolation level. */
    public static final String SESSION = "set lock_timeout = '2s'; set statement_timeout = '30s';"
            + " set idle_in_transaction_session_timeout = '20s'; set timezone = 'UTC';"
            + " set default_transaction_isolation = 'read committed';"
            // A client that the network has lost keeps its session, and its locks, for two hours by default.
            + " set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3;"
            + " set tcp_user_timeout = '45s';"
            // Off, a commit waits for no disk. Every other value waits for this server's disk, and says what else it
            // waits for: that choice is the operator's.
            + " select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';"
            // Not every version of PostgreSQL has both settings.
            + " select set_config(name, '0', false) from pg_settings"
            + " where name in ('transaction_timeout', 'idle_session_timeout');"
            // Every statement finds rows by key. Planning it for each value costs more than running it, and a small
            // table must not be scanned as a whole for a few rows.
            + " set plan_cache_mode = 'force_generic_plan'; set random_page_cost = 1.1;"
            // Compiling a statement that reads a few rows takes longer than running it.
            + " set jit = off";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    /** Bound of the check of an idle session. Short: after a network loss several in a row do not answer. */
    private static final Duration VALIDATION_WAIT = Duration.ofSeconds(1);

    private static final int FEWEST_TURNS = 2;

    /** Fails on a session that cannot write. The pool runs it before it hands out an idle session. */
    private static final String ALIVE = "select 1 / (current_setting('transaction_read_only') = 'off')::int";

    private static final String CLOCK = Sql.named("clock");

    private final Sessions sessions;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final TurnPermits turns;
    private final DatabaseProbe probe;
    private final TableGate tables = new TableGate();
    /** Null until the pool is open. */
    private volatile @Nullable HikariPoolMXBean opened;

    /**
     * Does not connect yet, so that programs start while the database is down.
     *
     * @param url asked again if no session can be opened, or the database cannot be used
     * @param connections the size of the pool
     */
    public Database(String program, Supplier<DatabaseUrl> url, int connections, MeterRegistry metrics) {
        turns = new TurnPermits(connections);
        sessions = new Sessions(program, url, this::refused, this::moved);
        probe = new DatabaseProbe(program, sessions::address, new Pool());
        var config = new HikariConfig();
        config.setPoolName(program);
        config.setDataSource(sessions);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, 2));
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setValidationTimeout(VALIDATION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTestQuery(ALIVE);
        config.setExceptionOverride(new SessionFailures());
        config.setMetricRegistry(metrics);
        pool = new HikariDataSource(config);
        opened = pool.getHikariPoolMXBean();
        jdbi = Jdbi.create(this::sessionWithTables);
        probe.start();
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    private Connection sessionWithTables() throws SQLException {
        tables.requireOpen();
        return session();
    }

    private Connection session() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw LedgerFault.markedAsLedgers(sessions.reasonFor(e));
        } catch (SQLException e) {
            throw LedgerFault.markedAsLedgers(e);
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
                throw new ConnectionException(LedgerFault.markedAsLedgers(
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

    /** Nobody gets a session before {@link #expectTables}. */
    public void refuseUntilTables() {
        tables.close();
    }

    /** From now on, a database without our tables or without rights on them counts as down. */
    public void expectTables() {
        tables.open();
        probe.expectTables();
    }

    /** True if the last probe, at most two seconds ago, found that a session can do the work. */
    public boolean isUp() {
        return probe.isUp() && !hasNoSession();
    }

    /**
     * For work that can be left out or is repeated anyway: fails at once while the database is known to be down. Every
     * commit that hangs would hold one more session of the server.
     */
    public void refuseWhileDown() throws SQLException {
        if (probe.hasAsked() && !isUp()) {
            throw LedgerFault.markedAsLedgers(new SQLTransientConnectionException("the database cannot be used"));
        }
    }

    private boolean hasNoSession() {
        var open = opened;
        return sessions.isRefused() && open != null && open.getTotalConnections() == 0;
    }

    /** Open sessions may still work. */
    private void refused(SQLException failure) {
        var open = opened;
        if (!probe.isStopping() && (open == null || open.getTotalConnections() == 0)) {
            probe.warn(failure);
        }
    }

    /** A session in use ends when it is given back. */
    private void moved() {
        LOG.info("the database is now the one at {}: the sessions at the one before end", sessions.address());
        var open = opened;
        if (open != null) {
            open.softEvictConnections();
        }
    }

    /** Probes the database now. Takes up to the bounds of a session and a commit. */
    public boolean probeNow() {
        return probe.probeNow();
    }

    private final class Pool implements DatabaseProbe.Pool {
        @Override
        public Connection session() throws SQLException {
            return Database.this.session();
        }

        @Override
        public void readAddressNext() {
            sessions.readAddressNext();
        }

        @Override
        public void drop(Connection session) {
            pool.evictConnection(session);
        }

        @Override
        public void dropAll() {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** The server of this session. Another one, or the same after a restart, may lack commits that were seen before. */
    public String serverOf(Handle handle) {
        try {
            return sessions.serverOf(handle.getConnection().unwrap(PGConnection.class));
        } catch (SQLException e) {
            throw new IllegalStateException("not a session of PostgreSQL", e);
        }
    }

    /** Ends this session. A lock that it holds ends with it, and the pool never gives it out again. */
    public void end(Handle session) {
        try (session) {
            pool.evictConnection(session.getConnection());
        } catch (JdbiException lost) {
            LOG.debug("the session had ended before", lost);
        }
    }

    /**
     * The database's time.
     *
     * @param askedAt System.nanoTime() when the question was sent; the wait for a session comes before it
     */
    public record ClockReading(long micros, long askedAt) {}

    public ClockReading readClock() {
        return jdbi.withHandle(handle -> {
            AnswerTimeout.shorten(handle);
            var question = handle.createQuery(CLOCK).mapTo(Long.class);
            long askedAt = System.nanoTime();
            return new ClockReading(question.one(), askedAt);
        });
    }

    @Override
    public void close() {
        probe.stop();
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
            LedgerFault.markedAsLedgers(failure);
            return LedgerFault.endsSession(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
