package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault 37: another session locks a whole table for longer than the programs wait for a lock. */
class LockedTableTest {

    private static final int RECEIVERS = 4;
    private static final String FOR_FIVE_SECONDS = "select pg_sleep(5)";

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("locked_table", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        client = new Client(system.apiByLedger());
        system.workers(2);
        client.stock("caneca", 1_000);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pedidos", "operation_events", "estoque", "workers", "fleet", "cancelamentos"})
    void usesNoAttemptAndWorkGoesOnAfterwards(String table) throws Exception {
        var posting = new FutureTask<>(() -> post(table));
        try (var other = system.owner();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table " + table + " in access exclusive mode");
            Thread.ofPlatform().start(posting);
            statement.execute(FOR_FIVE_SECONDS);
            other.commit();
        }
        assertThat(posting.get(2, TimeUnit.MINUTES)).isEqualTo(3 * RECEIVERS);
        system.awaitCount(counted(table, "status = 'COMPLETED'"), 3L * RECEIVERS);

        assertThat(system.count(counted(table, "tentativas = 1"))).isEqualTo(2L * RECEIVERS);
        assertThat(system.count(counted(table, "tentativas = 2"))).isEqualTo(RECEIVERS);
        Awaitility.await().until(() -> client.get("/readyz").text("status").equals("READY"));
    }

    /** Of each receiver: one that completes, one that fails once, one that needs stock. */
    private static int post(String table) throws Exception {
        int posted = 0;
        for (int i = 0; i < RECEIVERS; i++) {
            String id = table + "-" + i;
            for (String pedido : new String[] {
                Client.simulado(id + "-a", "rcb-" + i, "{}"),
                Client.simulado(id + "-b", "rcb-" + i, "{\"falhas_transitorias\":1}"),
                Client.pedido(id + "-c", "rcb-" + i, "caneca:1")
            }) {
                Crowd.mustBeAccepted(client.postUntilTaken(pedido));
                posted++;
            }
        }
        return posted;
    }

    private static String counted(String table, String condition) {
        return RootLocale.format("select count(*) from pedidos where pedido_id like '%s-%%' and %s", table, condition);
    }
}
