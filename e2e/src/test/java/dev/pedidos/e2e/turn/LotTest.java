package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pedidos that were waiting when a worker with PEDIDOS_LOTE=16 began. */
class LotTest {

    private static final String LOTE = "16";
    private static final int OPERATIONS = 20;
    /** Two of them wait for the third. */
    private static final List<String> EVENTS = List.of(
            "\"event_type\":\"STARTED\",\"payload\":{}",
            "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":-250,\"referencia\":\"nota 7\"}",
            "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1000}",
            "\"event_type\":\"COMPLETED\",\"payload\":{}");

    private static TestSystem system;
    private static Client client;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "lots",
                Map.of(
                        "PEDIDOS_SHARDS", "4",
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "100",
                        "PEDIDOS_MAX_TENTATIVAS", "2",
                        "PEDIDOS_LOTE", LOTE));
        var api = system.apiByLedger();
        client = new Client(api);
        http = new Http(api);
        // Registers the tipos.
        system.worker().stop();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    /** Handlers that wait are worked on beside the shards: those that are ready at the same time share a transaction. */
    @Test
    void pedidosThatArePreparedAtTheSameTimeAreFinishedTogether() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            bodies.add(Client.simulado("ready-" + i, "slow-" + i % 80, "{\"demora_ms\":20}"));
        }
        bodies.add(Client.simulado("ready-dead", "slow-1", "{\"falha_permanente\":true}"));
        bodies.add(Client.simulado("ready-retried", "slow-2", "{\"falhas_transitorias\":1}"));
        bodies.add(Client.simulado("ready-after", "slow-2", "{\"demora_ms\":20}"));
        var posted = bodies.stream().map(client::postAsync).toList();
        posted.forEach(answer -> assertThat(answer.join().status()).isEqualTo(202));
        try (var worker = system.worker()) {
            system.awaitCount(
                    "select count(*) from pedidos where pedido_id like 'ready-%' and status in ('COMPLETED', 'DEAD_LETTERED')",
                    bodies.size());
            assertThat(worker.metric("pedidos_lot_max")).as("largest lot").isGreaterThan(1);
        }
        assertThat(client.get("/pedidos/ready-dead").text("status")).isEqualTo("DEAD_LETTERED");
        assertThat(system.count("select tentativas from pedidos where pedido_id = 'ready-retried'"))
                .isEqualTo(2);
        assertThat(
                        system.count(
                                "select count(*) from pedidos where pedido_id like 'ready-%' and status = 'COMPLETED' and tentativas > 1"))
                .isEqualTo(1);
        var laws = PedidosCommand.run("verify", "--url", system.stores().databaseUrl());
        assertThat(laws.exitCode()).as(laws.output()).isZero();
    }

    @Test
    void waitingPedidosAreFinishedTogetherWithTheOutcomesOfSinglePedidos() throws Exception {
        client.stock("plenty", 10_000);
        client.stock("hot", 137);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            bodies.add(Client.pedido("hot-" + i, "rcb-" + i % 40, "plenty:1", "hot:1"));
        }
        bodies.add(Client.pedido("ghost", "rcb-1", "plenty:1", "nobody-knows:1"));
        bodies.add(Client.simulado("dead", "rcb-2", "{\"falha_permanente\":true}"));
        bodies.add(Client.simulado("retried", "rcb-3", "{\"falhas_transitorias\":1}"));
        bodies.add(Client.pedido("after", "rcb-3", "plenty:1"));
        var posted = bodies.stream().map(client::postAsync).toList();
        posted.forEach(answer -> assertThat(answer.join().status()).isEqualTo(202));
        for (String event : EVENTS) {
            for (int i = 0; i < OPERATIONS; i++) {
                String body = RootLocale.format("{\"external_id\":\"lot-%d\",%s}", i, event);
                assertThat(http.json("POST", "/operations", body).statusCode()).isEqualTo(202);
            }
        }
        try (var worker = system.worker()) {
            system.awaitCount(
                    "select count(*) from pedidos where pedido_id not like 'ready-%' and status in ('COMPLETED', 'REJECTED', 'DEAD_LETTERED')",
                    bodies.size() + EVENTS.size() * OPERATIONS);
            // How many are at hand together depends on the machine's speed.
            assertThat(worker.metric("pedidos_lot_max")).as("largest lot").isGreaterThan(1);
        }
        client.assertStock("hot", 0, 137);
        client.assertStock("plenty", 10_000 - 138, 138);
        assertThat(client.get("/pedidos/ghost").text("motivo")).isEqualTo("SKU_DESCONHECIDO");
        assertThat(client.get("/pedidos/dead").text("status")).isEqualTo("DEAD_LETTERED");
        assertThat(client.get("/pedidos/retried").text("status")).isEqualTo("COMPLETED");
        assertThat(
                        system.count(
                                "select count(*) from pedidos where status = 'COMPLETED' and tipo <> 'operacao' and pedido_id not like 'ready-%'"))
                .isEqualTo(137 + 2);
        assertThat(
                        system.count(
                                "select count(*) from operations where status = 'COMPLETED' and version = 4 and valor_centavos = 750"))
                .isEqualTo(OPERATIONS);
        var laws = PedidosCommand.run("verify", "--url", system.stores().databaseUrl());
        assertThat(laws.exitCode()).as(laws.output()).isZero();
    }
}
