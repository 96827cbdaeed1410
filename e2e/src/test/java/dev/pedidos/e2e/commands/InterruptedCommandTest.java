package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in the middle of a statement. Here it waits for a lock that nobody gives back. */
class InterruptedCommandTest {

    private static TestSystem system;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("interrupted", Map.of());
        system.migrate();
        system.alter("select open_archive_month('2020-01-01')");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @ParameterizedTest
    @CsvSource({
        "verify, pedidos in access exclusive, 1",
        "verify --every 1h, pedidos in access exclusive, 0",
        "replay, pedidos in access exclusive, 1",
        "recover, pedidos in access exclusive, 1",
        // It reads, and its update waits.
        "recover, pedidos in exclusive, 1",
        "archive list, pedidos_arquivados in access exclusive, 1",
        "archive export 2020-01 FILE, only pedidos_arquivados in access exclusive, 1"
    })
    void theCommandEndsAndItsStatementToo(String words, String table, int exitCode) throws Exception {
        try (var holder = system.owner()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table " + table + " mode");
            String line = words.replace("FILE", folder.resolve("month.gz").toString()) + " --url "
                    + system.stores().databaseAdminUrl();
            var command = PedidosCommand.start(line.split(" "));
            Awaitility.await().until(() -> waiting() == 1);

            var ended = command.stop();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
            Awaitility.await().until(() -> waiting() == 0);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static long waiting() {
        return system.count("select count(*) from pg_locks where not granted"
                + " and database = (select oid from pg_database where datname = current_database())");
    }
}
