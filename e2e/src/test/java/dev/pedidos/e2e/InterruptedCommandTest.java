package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in the middle of a statement. Here it waits for a lock that nobody gives back. */
class InterruptedCommandTest {

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("interrupted", Map.of());
        system.migrate();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @ParameterizedTest
    @CsvSource({
        "verify, access exclusive, 1",
        "verify --every 1h, access exclusive, 0",
        "replay, access exclusive, 1",
        "recover, access exclusive, 1",
        // It reads, and its update waits.
        "recover, exclusive, 1"
    })
    void theCommandEndsAndItsStatementToo(String words, String mode, int exitCode) throws Exception {
        try (var holder = system.owner()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table pedidos in " + mode + " mode");
            var command =
                    PedidosCommand.start((words + " --url " + system.stores().databaseAdminUrl()).split(" "));
            Awaitility.await().until(() -> waiting() == 1);

            var ended = command.stop();

            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
            Awaitility.await().until(() -> waiting() == 0);
        }
    }

    private static long waiting() {
        return system.count("select count(*) from pg_locks where not granted and relation = 'pedidos'::regclass"
                + " and database = (select oid from pg_database where datname = current_database())");
    }
}
