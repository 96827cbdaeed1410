package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Migrates the tables to this version, as the role that owns them. Several programs may do it at the same time. A role
 * that may not create objects only checks that the version is right.
 */
public final class Migrations {

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(Migrations.class));
    /**
     * If this is the version of the tables, there is nothing to do, and Flyway is not loaded: that saves half a second
     * of every start.
     */
    static final String NEWEST = "32";

    private static final String LAST =
            "select version from flyway_schema_history where success order by installed_rank desc limit 1";

    private static final String MAY_CREATE = "select has_schema_privilege('public', 'create')";
    /**
     * Lasts as long as its session. Programs do not meet at Flyway's own lock: Flyway logs an error when it gives up, and a
     * program that waits there says nothing.
     */
    private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtextextended('migration', 2))";

    /** Usually another program that starts at the same moment has made the tables by then. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int WITHOUT_END = -1;

    private static final Map<String, String> PROPERTIES = Map.of(
            "connectTimeout", "5",
            "loginTimeout", "5",
            "tcpKeepAlive", "true");

    /** For questions. A migration has no such bound: an index that is built concurrently waits for every older snapshot. */
    private static final String ANSWER_WITHIN_SECONDS = "60";
    /**
     * Left behind by an index that could not be built to its end. Its script begins with dropping it, so it can run again; Flyway
     * alone would refuse every later start. Scripts that run in a transaction leave no such row.
     */
    private static final String FORGET_FAILED = "delete from flyway_schema_history where not success";

    private static final String HISTORY_EXISTS = "select to_regclass('flyway_schema_history') is not null";

    private Migrations() {}

    /**
     * @param programs the programs' user; gets the least rights that they need
     * @return false if the database is down, if another program migrates the tables, or if another session holds a lock
     *     that a migration needs
     * @throws DatabaseRefused anything else is wrong
     */
    public static boolean tryMigrate(DatabaseUrl owner, DatabaseUrl programs) {
        try {
            return isUpToDate(owner) || bringUpToDate(owner, programs);
        } catch (FlywayException | SQLException e) {
            if (LedgerFault.isOutage(e)) {
                FAULTS.warn("the tables cannot be brought up to date yet: the database is down", e);
                return false;
            }
            if (LedgerFault.isLockTimeout(e)) {
                FAULTS.warn(
                        "the tables cannot be brought up to date yet: another session uses one that has to be changed,"
                                + " perhaps a verify or a backup. It is tried again until that session ends",
                        e);
                return false;
            }
            throw new DatabaseRefused(
                    RootLocale.format("The tables at %s cannot be brought up to date: %s", owner, e.getMessage()), e);
        }
    }

    private static boolean isUpToDate(DatabaseUrl owner) throws SQLException {
        try (var session = connect(owner)) {
            SchemaCheck.require(session, owner);
            return NEWEST.equals(last(session));
        }
    }

    private static @Nullable String last(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var answer = statement.executeQuery(LAST)) {
            return answer.next() ? answer.getString(1) : null;
        } catch (SQLException e) {
            if (LedgerFault.isMissingTable(e)) {
                return null;
            }
            throw e;
        }
    }

    /** False: another program does it. */
    private static boolean bringUpToDate(DatabaseUrl owner, DatabaseUrl programs) throws SQLException {
        try (var session = connect(owner)) {
            if (!isTrue(session, MAY_CREATE)) {
                flyway(owner, programs).validate();
                return true;
            }
            if (!takeLock(session)) {
                FAULTS.warn(
                        "the tables cannot be brought up to date yet: this program waits until another one has done it",
                        "the lock of migrations is taken");
                return false;
            }
            forgetFailed(session);
            flyway(owner, programs).migrate();
            return true;
        }
    }

    private static void forgetFailed(Connection session) throws SQLException {
        if (isTrue(session, HISTORY_EXISTS)) {
            try (var statement = session.createStatement()) {
                statement.executeUpdate(FORGET_FAILED);
            }
        }
    }

    private static Flyway flyway(DatabaseUrl owner, DatabaseUrl programs) {
        return Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .jdbcProperties(texts(owner.properties(PROPERTIES)))
                .placeholders(Map.of("app_role", programs.user()))
                .callbacks(new MigrationSessions())
                // A program of a version before takes no other lock than Flyway's.
                .lockRetryCount(WITHOUT_END)
                // Its lock must not keep a transaction open: an index that is built concurrently waits for all of them.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    /** Asks again and again: a statement that waits would keep a snapshot, and an index that is built concurrently waits for that. */
    private static boolean takeLock(Connection session) throws SQLException {
        long until = System.nanoTime() + FIRST_WAIT.toNanos();
        while (!isTrue(session, TRY_LOCK)) {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private static boolean isTrue(Connection session, String question) throws SQLException {
        try (var statement = session.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static Connection connect(DatabaseUrl owner) throws SQLException {
        var properties = owner.properties(PROPERTIES);
        properties.setProperty("socketTimeout", ANSWER_WITHIN_SECONDS);
        var session = DriverManager.getConnection(owner.jdbcUrl(), properties);
        try (var settings = session.createStatement()) {
            settings.execute(LongSession.SETTINGS);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        return session;
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }
}
