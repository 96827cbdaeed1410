package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a database that would break a promise: the programs override them, or refuse to start. And those of the commands. */
class DatabaseSettingsTest {

    private static Stores stores;

    @BeforeAll
    static void open() throws Exception {
        stores = TestStores.fresh("settings");
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @ParameterizedTest
    @CsvSource({"off,on", "on,on", "local,local", "remote_write,remote_write", "remote_apply,remote_apply"})
    void aCommitOfTheProgramsWaitsForTheDisk(String given, String inForce) {
        var url = DatabaseUrl.parse(stores.databaseUrl() + "?options=-c%20synchronous_commit=" + given);
        try (var database = new Database("settings", () -> url, 1, new SimpleMeterRegistry())) {
            String found = database.jdbi()
                    .withHandle(handle -> handle.createQuery("show synchronous_commit")
                            .mapTo(String.class)
                            .one());
            assertThat(found).isEqualTo(inForce);
        }
    }

    @Test
    void aRoleWhoseCommitsDoNotWaitIsOverriddenToo() throws Exception {
        var url = DatabaseUrl.parse(stores.databaseUrl());
        execute("alter role current_user set synchronous_commit = off", url);
        try (var database = new Database("settings", () -> url, 1, new SimpleMeterRegistry())) {
            assertThat(database.jdbi()
                            .<String, RuntimeException>withHandle(
                                    handle -> handle.createQuery("show synchronous_commit")
                                            .mapTo(String.class)
                                            .one()))
                    .isEqualTo("on");
        } finally {
            execute("alter role current_user reset synchronous_commit", url);
        }
    }

    @Test
    void theServerEndsTheSessionOfAProgramThatTheNetworkHasLost() {
        var url = DatabaseUrl.parse(stores.databaseUrl());
        try (var database = new Database("settings", () -> url, 1, new SimpleMeterRegistry())) {
            String found = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "select string_agg(setting || coalesce(unit, ''), ' ' order by name) from pg_settings"
                                            + " where name like 'tcp_%'")
                            .mapTo(String.class)
                            .one());
            assertThat(found).isEqualTo("3 30s 10s 45000ms");
        }
    }

    /** PgBouncer takes these alone: extra_float_digits with ignore_startup_parameters, as docs/security.md says. */
    @Test
    void theCommandsSendOnlyStartupParametersThatAPoolerTakes() throws Exception {
        try (var connection = Ledger.connect(DatabaseUrl.parse(stores.databaseUrl()));
                var statement = connection.createStatement();
                var sent = statement.executeQuery("select name from pg_settings where source = 'client'")) {
            while (sent.next()) {
                assertThat(sent.getString(1))
                        .isIn("application_name", "client_encoding", "DateStyle", "extra_float_digits", "TimeZone");
            }
        }
    }

    @Test
    void theCommandsSetWhatJudgingNeeds() throws Exception {
        try (var connection = Ledger.snapshot(DatabaseUrl.parse(stores.databaseUrl()))) {
            assertThat(List.of("work_mem", "enable_parallel_hash", "jit", "timezone"))
                    .extracting(name -> shown(name, connection))
                    .containsExactly("64MB", "off", "off", "UTC");
        }
    }

    private static String shown(String setting, Connection connection) {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("show " + setting)) {
            answer.next();
            return answer.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseThatCannotKeepEveryTextIsRefusedByName(String encoding) throws Exception {
        var owner = DatabaseUrl.parse(stores.databaseAdminUrl());
        String name = "encoded_" + encoding.toLowerCase(Locale.ROOT);
        execute("drop database if exists " + name, owner);
        execute(
                "create database " + name + " template template0 encoding '" + encoding
                        + "' locale_provider libc locale 'C'",
                owner);
        try (var system = TestSystem.start("encoding", Map.of())) {
            var there = Map.of(
                    "DATABASE_URL", at(system.stores().databaseUrl(), name),
                    "PEDIDOS_DATABASE_ADMIN_URL", at(system.stores().databaseAdminUrl(), name));
            for (var program : List.of(system.apiBegun(there), system.workerBegun(there))) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.log()).contains("nothing was started", "server_encoding is " + encoding);
            }
        } finally {
            execute("drop database " + name, owner);
        }
    }

    /** The functions of the ledger name public themselves: the rest must not work elsewhere. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "currentSchema=elsewhere | the schema elsewhere",
                "options=-c%20search_path=elsewhere,public | the schema elsewhere",
                "currentSchema=nowhere | a schema that does not exist"
            })
    void aSchemaBesideThatOfTheTablesIsRefusedByName(String parameter, String named) throws Exception {
        try (var system = TestSystem.start("schema", Map.of())) {
            String owner = system.stores().databaseAdminUrl();
            String programs = system.stores().databaseUrl();
            execute("create schema elsewhere", DatabaseUrl.parse(owner));
            execute("grant usage on schema elsewhere to public", DatabaseUrl.parse(owner));
            for (var urls :
                    List.of(List.of(programs + "?" + parameter, owner), List.of(programs, owner + "?" + parameter))) {
                var there = Map.of("DATABASE_URL", urls.getFirst(), "PEDIDOS_DATABASE_ADMIN_URL", urls.getLast());
                var program = system.apiBegun(there);
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.log()).contains("nothing was started", named, "are in the schema public");
            }
        }
    }

    private static String at(String url, String database) {
        return url.replaceFirst("/[^/]+$", "/" + database);
    }

    private static void execute(String statement, DatabaseUrl as) throws SQLException {
        try (Connection connection = DriverManager.getConnection(as.jdbcUrl(), as.user(), as.password());
                var one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
