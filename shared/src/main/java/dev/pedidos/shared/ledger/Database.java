package dev.pedidos.shared.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pedidos.shared.runtime.DatabaseUrl;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of connections. Every wait is bounded too: for a connection, for a lock, for a statement, and the
 * database ends what a frozen program holds.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final int PROBE_SECONDS = 2;
    static final String SESSION = "set lock_timeout = '2s'; set statement_timeout = '30s';"
            + " set idle_in_transaction_session_timeout = '20s'; set timezone = 'UTC';"
            // Every statement is a probe by key: planning it anew for each value costs more than running it, and a
            // small
            // table is not to be read whole for a few rows.
            + " set plan_cache_mode = 'force_generic_plan'; set random_page_cost = 1.1";

    private static final String CLOCK = Sql.named("clock");

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean up;

    /**
     * Does not connect yet, so that programs start while the database is away.
     *
     * @param connections how many, at the most
     */
    public Database(String program, DatabaseUrl url, int connections, MeterRegistry metrics) {
        var config = new HikariConfig();
        config.setPoolName(program);
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(connections, 2));
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(SESSION);
        config.setMetricRegistry(metrics);
        config.addDataSourceProperty("ApplicationName", program);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // The detail of an error repeats the row: no payload belongs in a log.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("connectTimeout", "5");
        // Half-open TCP: longer than any statement may take.
        config.addDataSourceProperty("socketTimeout", "45");
        pool = new HikariDataSource(config);
        jdbi = Jdbi.create(pool);
        Thread.ofPlatform().name(program + "-database-probe").daemon().start(this::probe);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /** Changes the bound, for a program that learns only from the database how many it needs. */
    public void allowConnections(int most) {
        pool.setMaximumPoolSize(most);
    }

    /** What the last probe saw, a second or two ago. */
    public boolean isUp() {
        return up;
    }

    private void probe() {
        try {
            do {
                up = answers();
            } while (!closing.await(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it now; takes as long as a connection may take. */
    public boolean answers() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(PROBE_SECONDS);
        } catch (SQLException e) {
            if (up) {
                LOG.warn("the database does not answer (SQLSTATE {}); trying again every second", e.getSQLState());
            }
            return false;
        }
    }

    /** Its clock, in microseconds. */
    public long clockMicros() {
        return jdbi.withHandle(
                handle -> handle.createQuery(CLOCK).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        closing.countDown();
        pool.close();
    }
}
