package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fault 37: a database that answers but does not work, under load. Each state is made on a real server: nothing is
 * lost, no attempt is used, nothing is dead, and work goes on within five seconds after the repair.
 */
@Order(7)
class UnusableDatabaseTest {

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

    private static final String FINISHED = "pedidos_endings_total{ending=\"finished\"}";
    private static final Set<State> NO_LOGINS = EnumSet.of(State.NO_LOGIN, State.NO_CONNECTIONS);

    @TempDir
    private static Path files;

    private static AdministeredFleet fleet;

    @BeforeAll
    static void open() throws Exception {
        fleet = new AdministeredFleet("unusable", files.resolve("database-url"));
    }

    @AfterAll
    static void close() {
        fleet.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndNoAttemptIsUsedByADatabaseThat(State state) throws Exception {
        int linesBefore = lines(fleet.worker);
        int apiLinesBefore = lines(fleet.api);
        long finishedBefore = fleet.worker.metric(FINISHED);
        var sending = fleet.witness.sending(
                List.of(fleet.api),
                8,
                80,
                AdministeredFleet.plain(state.name(), 300).iterator());
        Awaitility.await("under load").until(() -> fleet.worker.metric(FINISHED) > finishedBefore);
        fleet.execute(state.makes);
        long made = System.nanoTime();
        if (NO_LOGINS.contains(state)) {
            fleet.awaitDownForNewSessions();
        } else {
            fleet.awaitDatabase("DOWN");
        }
        var seen = Duration.ofNanos(System.nanoTime() - made);
        assertThat(fleet.client.get("/readyz").text("status")).isEqualTo("DEGRADED");
        Awaitility.await("paused").until(() -> fleet.worker.metric("pedidos_paused") == 1);
        var whileAway = Client.pedido(state + "-away", "rcb-away", "plenty:1");
        assertThat(fleet.client.post(whileAway).status()).isEqualTo(202);
        fleet.witness.wasToldAccepted(whileAway);

        // Sessions that were ended are the first reason; the next look finds the lasting one.
        Awaitility.await("the worker names the reason")
                .until(() -> fleet.worker.log().contains(state.named));
        fleet.execute(state.heals);
        awaitSettings();
        var healed = Instant.now();
        Duration back;
        try (var standstills = new Standstills(fleet.system)) {
            awaitCompleted(state + "-away");
            back = standstills.between(healed, Instant.now());
        }
        System.err.printf(
                Locale.ROOT,
                "e2e: %s: seen after %d ms, work goes on after %d ms%n",
                state,
                seen.toMillis(),
                back.toMillis());
        assertThat(back).isLessThan(AdministeredFleet.BACK_WITHIN);
        fleet.awaitDatabase("UP");
        sending.join();

        fleet.assertLawsAndFirstAttempts();
        assertThat(lines(fleet.worker) - linesBefore).as("lines of the worker").isLessThan(25);
        assertThat(lines(fleet.api) - apiLinesBefore).as("lines of the API").isLessThan(25);
        assertThat(fleet.worker.log()).doesNotContain("\tat ").doesNotContain("opening the connection");
        fleet.client.awaitLedgerPath();
    }

    private static void awaitCompleted(String pedidoId) {
        Awaitility.await("work goes on")
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        fleet.client.get("/pedidos/" + pedidoId).text("status").equals("COMPLETED"));
    }

    /** A server takes a moment to read its settings again. */
    private static void awaitSettings() {
        Awaitility.await("settings")
                .until(() -> fleet.system.count("select count(*) from pg_settings"
                                + " where (name = 'default_transaction_read_only' and setting = 'on')"
                                + " or (name = 'synchronous_standby_names' and setting <> '')")
                        == 0);
    }

    private static int lines(TestProgram program) throws IOException {
        return (int) program.log().lines().count();
    }
}
