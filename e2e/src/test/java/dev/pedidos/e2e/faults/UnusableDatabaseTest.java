package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fault 37: a database that answers but does not work, under load. Each state is made on a real server: nothing is
 * lost, no attempt is used, nothing is dead, and work goes on within five seconds after the repair.
 */
class UnusableDatabaseTest {

    private static final Duration LOCKED = Duration.ofSeconds(2);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    /** Misses a session that is logging in: its user is not known yet, and the role's old state lets it in. */
    private static final String END_SESSIONS =
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'pedidos_app'";

    private static final String UNFINISHED =
            "select count(*) from pedidos where status in ('PENDING', 'PROCESSING', 'RETRYING')";

    /** Made as the superuser, in the programs' database. */
    enum State {
        READ_ONLY(
                List.of("alter system set default_transaction_read_only = on", "select pg_reload_conf()"),
                List.of(
                        "set default_transaction_read_only = off",
                        "alter system reset default_transaction_read_only",
                        "select pg_reload_conf()"),
                "it is read-only"),
        NO_COMMIT_RETURNS(
                List.of("alter system set synchronous_standby_names = 'nobody'", "select pg_reload_conf()"),
                List.of("alter system reset synchronous_standby_names", "select pg_reload_conf()"),
                "a commit does not return"),
        NO_LOGIN(List.of("alter role pedidos_app nologin"), List.of("alter role pedidos_app login"), "SQLSTATE 28000"),
        NO_CONNECTIONS(
                List.of("alter role pedidos_app connection limit 0"),
                List.of("alter role pedidos_app connection limit -1"),
                "SQLSTATE 53300"),
        A_RIGHT_IS_MISSING(
                List.of("revoke update on pedidos from pedidos_app"),
                List.of("grant update on pedidos to pedidos_app"),
                "its role lacks: update on pedidos"),
        A_FUNCTION_IS_FORBIDDEN(
                List.of("revoke execute on function pg_advisory_xact_lock(bigint) from public"),
                List.of("grant execute on function pg_advisory_xact_lock(bigint) to public"),
                "its role lacks: execute on pg_advisory_xact_lock(bigint)"),
        A_TABLE_IS_MISSING(
                List.of("alter table operation_events rename to away"),
                List.of("alter table away rename to operation_events"),
                "its role lacks: table operation_events");

        private final List<String> makes;
        private final List<String> heals;
        private final String named;

        State(List<String> makes, List<String> heals, String named) {
            this.makes = makes;
            this.heals = heals;
            this.named = named;
        }
    }

    private static final Set<State> NO_LOGINS = EnumSet.of(State.NO_LOGIN, State.NO_CONNECTIONS);

    @TempDir
    private static Path files;

    private static KillableServers servers;
    private static TestSystem system;
    private static TestProgram api;
    private static TestProgram worker;
    private static Client client;
    private static Witness witness;
    private static Path urlFile;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open("unusable");
        system = TestSystem.on(servers.fresh("unusable"), Strike.SETTINGS);
        urlFile =
                Files.writeString(files.resolve("database-url"), system.stores().databaseUrl());
        var byFile = Map.of("DATABASE_URL", "", "DATABASE_URL_FILE", urlFile.toString());
        api = system.api(byFile);
        worker = system.worker(byFile);
        client = new Client(api);
        client.awaitLedgerPath();
        Mix.stock(api);
        witness = new Witness(system);
    }

    @AfterAll
    static void close() {
        system.close();
        servers.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndNoAttemptIsUsedByADatabaseThat(State state) throws Exception {
        int linesBefore = lines(worker);
        int apiLinesBefore = lines(api);
        var sending =
                witness.sending(List.of(api), 8, 80, plain(state.name(), 300).iterator());
        Awaitility.await().until(() -> worker.metric("pedidos_endings_total{ending=\"finished\"}") > 0);
        execute(state.makes);
        long made = System.nanoTime();
        if (NO_LOGINS.contains(state)) {
            awaitDownForNewSessions();
        } else {
            awaitDatabase("DOWN");
        }
        var seen = Duration.ofNanos(System.nanoTime() - made);
        assertThat(client.get("/readyz").text("status")).isEqualTo("DEGRADED");
        Awaitility.await("paused").until(() -> worker.metric("pedidos_paused") == 1);
        var whileAway = Client.pedido(state + "-away", "rcb-away", "plenty:1");
        assertThat(client.post(whileAway).status()).isEqualTo(202);
        witness.wasToldAccepted(whileAway);

        // Sessions that were ended are the first reason; the next look finds the lasting one.
        Awaitility.await("the worker names the reason").until(() -> worker.log().contains(state.named));
        execute(state.heals);
        awaitSettings();
        long healed = System.nanoTime();
        Awaitility.await("work goes on")
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        client.get("/pedidos/" + state + "-away").text("status").equals("COMPLETED"));
        var back = Duration.ofNanos(System.nanoTime() - healed);
        System.err.printf(
                Locale.ROOT,
                "e2e: %s: seen after %d ms, work goes on after %d ms%n",
                state,
                seen.toMillis(),
                back.toMillis());
        assertThat(back).isLessThan(BACK_WITHIN);
        awaitDatabase("UP");
        sending.join();

        assertLawsAndFirstAttempts();
        assertThat(lines(worker) - linesBefore).as("lines of the worker").isLessThan(25);
        assertThat(lines(api) - apiLinesBefore).as("lines of the API").isLessThan(25);
        assertThat(worker.log()).doesNotContain("\tat ").doesNotContain("opening the connection");
        client.awaitLedgerPath();
    }

    @Test
    void aPasswordThatIsChangedIsReadAgainFromItsFile() throws Exception {
        var old = system.stores().databaseUrl();
        var sending =
                witness.sending(List.of(api), 8, 80, plain("password", 200).iterator());
        try {
            execute(List.of("alter role pedidos_app password 'another'"));
            awaitDownForNewSessions();
            Awaitility.await("the worker is refused").until(() -> worker.log().contains("SQLSTATE 28P01"));
            long written = System.nanoTime();
            Files.writeString(urlFile, old.replaceFirst("(://[^:]+:)[^@]+@", "$1another@"));
            awaitDatabase("UP");
            assertThat(Duration.ofNanos(System.nanoTime() - written)).isLessThan(BACK_WITHIN);
            sending.join();
            assertLawsAndFirstAttempts();
            assertThat(worker.log()).doesNotContain("another@");
        } finally {
            var first = DatabaseUrl.parse(old).password();
            execute(List.of("alter role pedidos_app password '" + first + "'", END_SESSIONS));
            Files.writeString(urlFile, old);
        }
        awaitUpAgain();
    }

    @Test
    void aTimeoutThatTheRoleHasForTransactionsEndsNoneThatWaitsForALock() throws Exception {
        execute(List.of(
                "alter role pedidos_app set transaction_timeout = '300ms'",
                "alter role pedidos_app set idle_session_timeout = '300ms'",
                "alter role pedidos_app set default_transaction_isolation = 'serializable'",
                END_SESSIONS));
        try (var locking = superuser()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("select 1 from estoque where sku = 'plenty' for update");
            witness.send(List.of(api), 8, plain("timeout", 40));
            Awaitility.await().until(() -> waitingForALock() > 0);
            Awaitility.await().during(LOCKED).until(() -> waitingForALock() > 0 || system.count(UNFINISHED) > 0);
        }
        assertLawsAndFirstAttempts();
        execute(List.of("alter role pedidos_app reset all", END_SESSIONS));
        awaitUpAgain();
    }

    @Test
    void aServerThatMayLoseACommitIsRefusedAtTheStart() throws Exception {
        execute(List.of(
                "alter system set fsync = off", "alter system set full_page_writes = off", "select pg_reload_conf()"));
        try {
            awaitOff(2);
            for (var program : List.of(system.apiBegun(Map.of()), system.workerBegun(Map.of()))) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.log()).contains("nothing was started", "fsync = off, full_page_writes = off");
            }
        } finally {
            execute(List.of(
                    "alter system reset fsync", "alter system reset full_page_writes", "select pg_reload_conf()"));
        }
        awaitOff(0);
    }

    private static void awaitOff(int settings) {
        Awaitility.await("settings read again")
                .until(() -> system.count("select count(*) from pg_settings"
                                + " where name in ('fsync', 'full_page_writes') and setting = 'off'")
                        == settings);
    }

    private static long waitingForALock() {
        return system.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
    }

    private static void assertLawsAndFirstAttempts() throws Exception {
        witness.assertEveryLawHolds();
        assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
        assertThat(system.count("select count(*) from pedidos where status = 'DEAD_LETTERED'"))
                .isZero();
    }

    private static void awaitDatabase(String upOrDown) {
        Awaitility.await("database " + upOrDown)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isDatabase(upOrDown));
    }

    /** Ends every session of the programs until both have noticed that they get no new one. */
    private static void awaitDownForNewSessions() {
        Awaitility.await("database DOWN for new sessions")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    execute(List.of(END_SESSIONS));
                    return isDatabase("DOWN");
                });
    }

    private static boolean isDatabase(String upOrDown) throws Exception {
        return client.get("/readyz").text("database").equals(upOrDown)
                && new Client(worker).get("/readyz").text("database").equals(upOrDown);
    }

    /** Programs notice within a second or two that their sessions have ended. Until then they say UP. */
    private static void awaitUpAgain() {
        Awaitility.await("database UP for a while")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> isDatabase("UP"));
    }

    /** A server takes a moment to read its settings again. */
    private static void awaitSettings() {
        Awaitility.await("settings")
                .until(() -> system.count("select count(*) from pg_settings"
                                + " where (name = 'default_transaction_read_only' and setting = 'on')"
                                + " or (name = 'synchronous_standby_names' and setting <> '')")
                        == 0);
    }

    private static void execute(List<String> statements) throws SQLException, IOException {
        try (var connection = superuser()) {
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private static Connection superuser() throws SQLException, IOException {
        var url = DatabaseUrl.parse(servers.databaseSuperuserUrl());
        var path = DatabaseUrl.parse(system.stores().databaseUrl()).jdbcUrl();
        return DriverManager.getConnection(path, url.user(), url.password());
    }

    private static int lines(TestProgram program) throws IOException {
        return (int) program.log().lines().count();
    }

    private static List<String> plain(String prefix, int pedidos) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < pedidos; i++) {
            bodies.add(Client.pedido(prefix + "-" + i, "rcb-" + i % 40, "plenty:1"));
        }
        return bodies;
    }
}
