package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pedidos that halt the JVM of every worker that tries them. */
class KillerTest {

    private static final int NEIGHBOURS = 10;
    private static final int MOST_DEATHS = 10;
    private static final Map<String, String> SETTINGS = Map.of(
            "PEDIDOS_HANDLER_SIMULADO", "on",
            "PEDIDOS_RETRY_BASE_MS", "50",
            "PEDIDOS_RETRY_MAX_MS", "200",
            "PEDIDOS_MAX_TENTATIVAS", "3",
            "PEDIDOS_LIMITES", "banco=10/s",
            "PEDIDOS_SHARDS", "1");

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("killer", SETTINGS);
        client = new Client(system.api());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aPedidoThatEndsEveryWorkerIsDeadLetteredAfterAFewDeathsAndOthersAreNot() throws Exception {
        client.post(Client.simulado("killer", "rcb-killer", "{\"derrubar_worker\":99}"));
        for (int i = 0; i < NEIGHBOURS; i++) {
            client.post(Client.simulado("neighbour-" + i, "rcb-" + i, "{}"));
            client.post(Client.simulado("follower-" + i, "rcb-killer", "{}"));
        }
        int deaths = workersUntil(
                "select count(*) from pedidos where recebedor_id like 'rcb-%' and status in ('COMPLETED', 'DEAD_LETTERED')",
                1 + 2 * NEIGHBOURS);

        assertThat(deaths).as("one unmarked, then one for each attempt").isEqualTo(4);
        assertThat(client.get("/pedidos/killer").text("motivo")).isEqualTo("WORKER_DERRUBADO");
        assertThat(client.get("/pedidos/killer").number("tentativas")).isEqualTo(3);
        assertThat(
                        system.count(
                                "select max(tentativas) from pedidos where recebedor_id like 'rcb-%' and pedido_id <> 'killer'"))
                .as("the others are done at their first attempt")
                .isEqualTo(1);
    }

    @Test
    void aPedidoThatEndsOneWorkerIsFinishedByTheNext() throws Exception {
        client.post(Client.simulado("once", "once", "{\"derrubar_worker\":1}"));
        int deaths = workersUntil("select count(*) from pedidos where pedido_id = 'once' and status = 'COMPLETED'", 1);

        assertThat(deaths).isEqualTo(1);
        assertThat(client.get("/pedidos/once").number("tentativas")).isEqualTo(1);
    }

    @Test
    void theDeathsOfOneThatWaitsForALimitInBetweenCountAsAttempts() throws Exception {
        system.alter(
                "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_bytes, payload_hash, status,"
                        + " agendamento, published, relay_at)"
                        + " values ('kept', 1, 'simulado', 'kept', 'api', '{}', 2, '', 'RETRYING', 1, true, 'infinity')");
        system.alter("insert into esperas (pedido_id, dependencia, ciclo, agendamento, grupo, ficha)"
                + " values ('kept', 'banco', 0, 1, 'kept', 1)");
        try (var keeping = system.owner()) {
            keeping.setAutoCommit(false);
            keeping.createStatement().execute("select from pedidos where pedido_id = 'kept' for update");
            client.post(Client.simulado("limited", "limited", "{\"derrubar_worker\":99,\"chama\":\"banco\"}"));
            int deaths = workersUntil(
                    "select count(*) from pedidos where pedido_id = 'limited' and status = 'DEAD_LETTERED'", 1);
            assertThat(deaths).as("one unmarked, then one for each attempt").isEqualTo(4);
            assertThat(system.count("select count(*) from operation_events where external_id = 'limited'"
                            + " and payload ->> 'erro_classe' = 'LimitReached'"))
                    .as("one keeps the line from being empty, so it waits before each death")
                    .isGreaterThanOrEqualTo(4);
            keeping.rollback();
        }
    }

    /** Starts a worker whenever the one before has died; returns the number of deaths. */
    private static int workersUntil(String query, long expected) throws Exception {
        int deaths = 0;
        TestProgram worker = system.shortLivedWorker();
        while (diesBefore(worker, query, expected)) {
            deaths++;
            assertThat(deaths).isLessThan(MOST_DEATHS);
            worker = system.shortLivedWorker();
        }
        worker.kill();
        return deaths;
    }

    private static boolean diesBefore(TestProgram worker, String query, long expected) {
        Awaitility.await(query)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !worker.isAlive() || system.count(query) == expected);
        return system.count(query) != expected;
    }
}
