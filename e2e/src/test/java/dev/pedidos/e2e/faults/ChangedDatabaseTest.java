package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 37: an administrator changes the database under load: another password, timeouts of the role. Nothing is lost and no
 * attempt is used. Under settings that may lose a commit no program starts.
 */
class ChangedDatabaseTest {

    private static final Duration LOCKED = Duration.ofSeconds(2);
    private static final String UNFINISHED =
            "select count(*) from pedidos where status in ('PENDING', 'PROCESSING', 'RETRYING')";

    @TempDir
    private static Path files;

    private static Path urlFile;
    private static AdministeredFleet fleet;

    @BeforeAll
    static void open() throws Exception {
        urlFile = files.resolve("database-url");
        fleet = new AdministeredFleet("changed", urlFile);
    }

    @AfterAll
    static void close() {
        fleet.close();
    }

    @Test
    void aPasswordThatIsChangedIsReadAgainFromItsFile() throws Exception {
        var old = fleet.system.stores().databaseUrl();
        var sending = fleet.witness.sending(
                List.of(fleet.api),
                8,
                80,
                AdministeredFleet.plain("password", 200).iterator());
        try {
            fleet.execute(List.of("alter role pedidos_app password 'another'"));
            fleet.awaitDownForNewSessions();
            Awaitility.await("the worker is refused")
                    .until(() -> fleet.worker.log().contains("SQLSTATE 28P01"));
            try (var standstills = new Standstills(fleet.system)) {
                assertThat(standstills.without(() -> awaitRead(old.replaceFirst("(://[^:]+:)[^@]+@", "$1another@"))))
                        .isLessThan(AdministeredFleet.BACK_WITHIN);
            }
            sending.join();
            fleet.assertLawsAndFirstAttempts();
            assertThat(fleet.worker.log()).doesNotContain("another@");
        } finally {
            var first = DatabaseUrl.parse(old).password();
            fleet.execute(List.of("alter role pedidos_app password '" + first + "'", AdministeredFleet.END_SESSIONS));
            Files.writeString(urlFile, old);
        }
        fleet.awaitUpAgain();
    }

    @Test
    void aTimeoutThatTheRoleHasForTransactionsEndsNoneThatWaitsForALock() throws Exception {
        fleet.execute(List.of(
                "alter role pedidos_app set transaction_timeout = '300ms'",
                "alter role pedidos_app set idle_session_timeout = '300ms'",
                "alter role pedidos_app set default_transaction_isolation = 'serializable'",
                AdministeredFleet.END_SESSIONS));
        try (var locking = fleet.superuser()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("select 1 from estoque where sku = 'plenty' for update");
            fleet.witness.send(List.of(fleet.api), 8, AdministeredFleet.plain("timeout", 40));
            Awaitility.await().until(() -> waitingForALock() > 0);
            Awaitility.await().during(LOCKED).until(() -> waitingForALock() > 0 || fleet.system.count(UNFINISHED) > 0);
        }
        fleet.assertLawsAndFirstAttempts();
        fleet.execute(List.of("alter role pedidos_app reset all", AdministeredFleet.END_SESSIONS));
        fleet.awaitUpAgain();
    }

    @Test
    void aServerThatMayLoseACommitIsRefusedAtTheStart() throws Exception {
        fleet.execute(List.of(
                "alter system set fsync = off", "alter system set full_page_writes = off", "select pg_reload_conf()"));
        try {
            awaitOff(2);
            for (var program : List.of(fleet.system.apiBegun(Map.of()), fleet.system.workerBegun(Map.of()))) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.log()).contains("nothing was started", "fsync = off, full_page_writes = off");
            }
        } finally {
            fleet.execute(List.of(
                    "alter system reset fsync", "alter system reset full_page_writes", "select pg_reload_conf()"));
        }
        awaitOff(0);
    }

    private static void awaitRead(String url) throws IOException {
        Files.writeString(urlFile, url);
        fleet.awaitDatabase("UP");
    }

    private static void awaitOff(int settings) {
        Awaitility.await("settings read again")
                .until(() -> fleet.system.count("select count(*) from pg_settings"
                                + " where name in ('fsync', 'full_page_writes') and setting = 'off'")
                        == settings);
    }

    private static long waitingForALock() {
        return fleet.system.count(TestSystem.WAITS);
    }
}
