package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.Stores;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration has to wait for another session: for its lock of a table, or for its snapshot. */
@Order(7)
class MigrationLocksTest {

    /** The next migrations alter {@code pedidos}. */
    private static final String BEFORE_TABLES = "15";

    /** The next migration builds an index concurrently, which waits for every older snapshot. */
    private static final String BEFORE_AN_INDEX = "22";

    private static final String BUILDING =
            "select count(*) from pg_stat_progress_create_index where datname = current_database()";

    private static final String LONG_BUILDING = "select count(*) from pg_stat_progress_create_index"
            + " join pg_stat_activity using (pid, datname)"
            + " where datname = current_database() and clock_timestamp() - query_start > interval '500 ms'";

    /** 100 ms. */
    private static final String LIMIT =
            "do $$ begin execute format('alter database %I set {limit} = 100', current_database()); end $$";

    private static final String FAILED = "select count(*) from flyway_schema_history where not success";

    private static final String WAITING = "select count(*) from pg_locks where not granted"
            + " and relation = 'pedidos'::regclass and mode = 'AccessExclusiveLock'"
            + " and database = (select oid from pg_database where datname = current_database())";

    @Test
    void theFleetGoesOnWhileAMigrationWaitsForALongReader() throws Exception {
        try (var stores = TestStores.fresh("migration_locks")) {
            migrateTo(BEFORE_TABLES, stores);
            var migration = new FutureTask<>(() -> migrate(stores));
            try (var reader = session(stores);
                    var fleet = session(stores)) {
                reader.setAutoCommit(false);
                number(reader, "select count(*) from pedidos");
                Thread.ofPlatform().start(migration);
                Awaitility.await("the migration asks for the table").until(() -> number(fleet, WAITING) > 0);

                fleet.createStatement().execute("set lock_timeout = '2s'");
                fleet.createStatement().execute("begin; lock table pedidos in row exclusive mode; commit");
                assertThat(number(fleet, "select count(*) from pedidos")).isZero();
                assertThat(migration.get(30, TimeUnit.SECONDS))
                        .as("it gives up for now")
                        .isFalse();
                reader.commit();
            }
            Awaitility.await().until(() -> migrate(stores));
            try (var after = session(stores)) {
                assertThat(number(after, FAILED)).isZero();
            }
        }
    }

    @Test
    void anotherProgramWaitsForAMigrationHoweverLongItTakes() throws Exception {
        try (var stores = TestStores.fresh("long_migration")) {
            migrateTo(BEFORE_AN_INDEX, stores);
            var first = new FutureTask<>(() -> migrate(stores));
            try (var old = oldSnapshot(stores);
                    var other = session(stores)) {
                Thread.ofPlatform().start(first);
                Awaitility.await("the index is built").until(() -> number(other, BUILDING) > 0);

                var second = new FutureTask<>(() -> migrate(stores));
                Thread.ofPlatform().start(second);
                assertThat(second.get(30, TimeUnit.SECONDS)).as("not yet").isFalse();
                old.commit();
            }
            assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(migrate(stores)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout", "lock_timeout", "idle_session_timeout"})
    void aLimitOfTheDatabaseForEverySessionEndsNoMigration(String limit) throws Exception {
        try (var stores = TestStores.fresh("limited_migration")) {
            migrateTo(BEFORE_AN_INDEX, stores);
            var migration = new FutureTask<>(() -> migrate(stores));
            try (var old = oldSnapshot(stores);
                    var other = session(stores)) {
                other.createStatement().execute(LIMIT.replace("{limit}", limit));
                Thread.ofPlatform().start(migration);
                Awaitility.await("it lasts longer than that").until(() -> number(other, LONG_BUILDING) > 0);
                old.commit();
            }
            assertThat(migration.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void anIndexThatCouldNotBeBuiltIsBuiltAtTheNextStart(String cutOff) throws Exception {
        try (var stores = TestStores.fresh("cut_off_migration")) {
            migrateTo(BEFORE_AN_INDEX, stores);
            var first = new FutureTask<>(() -> migrate(stores));
            try (var old = oldSnapshot(stores);
                    var other = session(stores)) {
                Thread.ofPlatform().start(first);
                Awaitility.await("the index is built").until(() -> number(other, BUILDING) > 0);
                number(other, BUILDING.replace("count(*)", "count(" + cutOff + "(pid))"));
                Awaitility.await().until(first::isDone);
                old.commit();

                assertThat(migrate(stores)).isTrue();
                assertThat(number(other, FAILED)).isZero();
                assertThat(number(other, "select count(*) from pg_index where not indisvalid"))
                        .isZero();
            }
        }
    }

    @Test
    void anApiAnswersWhileItMigratesAndReadsNoOlderTables() throws Exception {
        var stores = TestStores.fresh("api_migrates");
        migrateTo(BEFORE_AN_INDEX, stores);
        try (var system = TestSystem.on(stores, Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var old = oldSnapshot(stores)) {
            var api = system.apiBegun(Map.of());
            var client = new Client(api);
            Awaitility.await("it answers")
                    .ignoreException(ConnectException.class)
                    .until(() -> client.get("/healthz").status() == 200);
            assertThat(number(old, BUILDING)).as("it still migrates").isPositive();
            Awaitility.await().until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            assertThat(client.get("/pedidos/early").status()).isEqualTo(503);
            Crowd.mustBeAccepted(client.post(Client.simulado("early", "rcb", "{}")));
            var worker = system.workerBegun(Map.of());
            Awaitility.await("the worker waits").until(() -> worker.log().contains("until another one has done it"));

            old.commit();
            system.awaitCount("select count(*) from pedidos where pedido_id = 'early' and status = 'COMPLETED'", 1);
            assertThat(client.get("/readyz").text("status")).isEqualTo("READY");
            assertThat(client.get("/pedidos/early").status()).isEqualTo(200);
        }
    }

    private static Connection oldSnapshot(Stores stores) throws SQLException {
        var session = session(stores);
        session.setAutoCommit(false);
        session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        number(session, "select 1");
        return session;
    }

    private static void migrateTo(String version, Stores stores) {
        var owner = DatabaseUrl.parse(stores.databaseAdminUrl());
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .placeholders(Map.of(
                        "app_role", DatabaseUrl.parse(stores.databaseUrl()).user()))
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .target(version)
                .load()
                .migrate();
    }

    private static boolean migrate(Stores stores) {
        return Migrations.tryMigrate(
                DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl()));
    }

    private static Connection session(Stores stores) throws SQLException {
        return Ledger.connect(DatabaseUrl.parse(stores.databaseAdminUrl()));
    }

    private static long number(Connection session, String query) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
