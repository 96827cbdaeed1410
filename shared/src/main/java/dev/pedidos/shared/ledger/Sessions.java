package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions for the pool. If none can be opened it tries twice a second, because the pauses of the pool itself
 * would grow. It reads the address again before each of these tries, and when the database could not be used: the
 * password may have been changed or the database moved while the program runs.
 */
final class Sessions implements DataSource {

    private static final String SERVER = Sql.named("server");
    /** As long as a login may take: the pool opens one session after the other. */
    private static final int READY_WITHIN_MS = 5_000;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Map<String, String> PROPERTIES = Map.of(
            "tcpKeepAlive", "true",
            // The detail of an error repeats the row, and a payload must not be logged.
            "logServerErrorDetail", "false",
            "connectTimeout", "5",
            "loginTimeout", "5",
            "cancelSignalTimeout", "2",
            // Detects half-open TCP connections. Longer than any statement may take.
            "socketTimeout", "45");

    private final Map<String, String> properties;
    private final Supplier<DatabaseUrl> address;
    private final Consumer<SQLException> onRefusal;
    private final Runnable onMove;
    private final Map<Object, String> servers = Collections.synchronizedMap(new WeakHashMap<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile DatabaseUrl url;
    private volatile boolean toRead;
    private volatile @Nullable SQLException lastFailure;

    /**
     * @param address asked again after every failed try
     * @param onRefusal receives every failed try
     * @param onMove runs when the address leads to another database than before. The pool has then all sessions that were
     *     opened at the old one
     */
    Sessions(String program, Supplier<DatabaseUrl> address, Consumer<SQLException> onRefusal, Runnable onMove) {
        this.properties = new HashMap<>(PROPERTIES);
        properties.put("ApplicationName", program);
        this.address = address;
        this.onRefusal = onRefusal;
        this.onMove = onMove;
        this.url = address.get();
    }

    /** Returns a session; fails if the pool is closed. The pool opens one after the other, in one thread. */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            if (toRead) {
                readAddress();
            }
            try {
                var current = url;
                var session = DriverManager.getConnection(current.jdbcUrl(), current.properties(properties));
                prepare(session);
                lastFailure = null;
                return session;
            } catch (SQLException e) {
                lastFailure = e;
                onRefusal.accept(e);
                if (isClosedWithin(PAUSE)) {
                    throw e;
                }
                toRead = true;
            }
        }
    }

    private void readAddress() {
        toRead = false;
        var before = url;
        url = address.get();
        // With another password alone the open sessions stay.
        if (!url.jdbcUrl().equals(before.jdbcUrl())) {
            onMove.run();
        }
    }

    /** The address is read again before the next session is opened. */
    void readAddressNext() {
        toRead = true;
    }

    /** Not left to the pool: it would allow this no more time than the look at an idle session. */
    private void prepare(Connection session) throws SQLException {
        try (var statement = session.createStatement()) {
            int usual = session.getNetworkTimeout();
            session.setNetworkTimeout(Runnable::run, READY_WITHIN_MS);
            statement.execute(Database.SESSION);
            var row = statement.executeQuery(SERVER);
            row.next();
            servers.put(session, row.getString(1));
            session.setNetworkTimeout(Runnable::run, usual);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** @param session as the driver opened it */
    String serverOf(Object session) {
        return Objects.requireNonNull(servers.get(session), "a session that was not opened here");
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The database's address as it was read last, without a password. */
    String address() {
        return url.toString();
    }

    /** True if the last try to open a session failed. */
    boolean isRefused() {
        return lastFailure != null;
    }

    /** The pool had no session in time: gives the reason, if none could be opened. */
    SQLException reasonFor(SQLTransientConnectionException timeout) {
        var reason = lastFailure;
        return reason == null
                ? timeout
                : new SQLTransientConnectionException(timeout.getMessage(), reason.getSQLState(), reason);
    }

    void close() {
        closing.countDown();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the credentials are those of the address");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** Ignored: each try has a bound of its own. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it logs nothing by itself");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
