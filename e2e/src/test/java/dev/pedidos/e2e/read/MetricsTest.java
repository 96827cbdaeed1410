package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** While nothing is killed, so that no count starts again, the metrics equal the counts of the ledger. */
@Order(6)
class MetricsTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "PEDIDOS_HANDLER_SIMULADO", "on",
            "PEDIDOS_RETRY_BASE_MS", "50",
            "PEDIDOS_RETRY_MAX_MS", "100",
            "PEDIDOS_MAX_TENTATIVAS", "3");

    /** Metrics, and the counts in the ledger that they must equal. */
    private static final Map<String, String> EQUAL = Map.of(
            "pedidos_publish_seconds_count{result=\"confirmed\"}", "select count(*) from pedidos",
            "pedidos_relay_total{result=\"confirmed\"}", "select 0",
            "pedidos_endings_total{ending=\"finished\"}",
                    "select count(*) from pedidos where status in ('COMPLETED', 'REJECTED')",
            "pedidos_endings_total{ending=\"retrying\"}", events("RETRY_SCHEDULED"),
            "pedidos_endings_total{ending=\"dead\"}", events("DEAD_LETTERED"),
            "pedidos_endings_total{ending=\"unknown\"}", "select 0",
            "pedidos_dead_letters", "select count(*) from pedidos where status = 'DEAD_LETTERED'",
            "pedidos_workers", "select count(*) from workers");

    @Test
    void theMetricsOfALoadSayWhatTheLedgerSays() throws Exception {
        try (var system = TestSystem.start("metrics", SETTINGS);
                var standstills = new Standstills(system)) {
            var api = system.apiByLedger();
            var client = new Client(api);
            client.stock("few", 5);
            var worker = system.worker();
            var witness = new Witness(system);
            witness.send(List.of(api), 8, bodies());
            boolean sameIsLate = isLate(api, standstills, body(0), 200);
            boolean otherIsLate = isLate(api, standstills, Client.simulado("m-0", "another", "{}"), 409);
            witness.assertEveryLawHolds();

            for (var pair : EQUAL.entrySet()) {
                long expected = system.count(pair.getValue());
                Awaitility.await(pair.getKey())
                        .untilAsserted(() -> assertThat(api.metric(pair.getKey()) + worker.metric(pair.getKey()))
                                .as(pair.getKey())
                                .isEqualTo(expected));
            }
            assertThat(api.metric(acceptance("accepted")))
                    .isEqualTo(system.count("select count(*) from pedidos")
                            + (sameIsLate ? 1 : 0)
                            + (otherIsLate ? 1 : 0));
            assertThat(api.metric(acceptance("replayed"))).isEqualTo(sameIsLate ? 0 : 1);
            assertThat(api.metric(acceptance("conflict"))).isEqualTo(otherIsLate ? 0 : 1);
            system.awaitCount(events("CONFLICT"), 1);
        }
    }

    /**
     * A database that stands still for seconds: the broker takes the pedido, and the ledger compares it later.
     *
     * @param status by the ledger
     */
    private static boolean isLate(TestProgram api, Standstills standstills, String body, int status) throws Exception {
        String byBroker = "pedidos_unnoted_total{result=\"confirmed\"}";
        var client = new Client(api);
        client.awaitLedgerPath();
        long before = api.metric(byBroker);
        long start = System.nanoTime();
        int answered = client.post(body).status();
        var took = Duration.ofNanos(System.nanoTime() - start);
        boolean late = api.metric(byBroker) > before;
        assertThat(answered).isEqualTo(late ? 202 : status);
        if (late) {
            assertThat(Collections.max(List.of(took, standstills.longest())))
                    .as("the database stood still")
                    .isGreaterThan(Duration.ofSeconds(3));
        }
        return late;
    }

    private static String acceptance(String outcome) {
        return "pedidos_acceptance_seconds_count{outcome=\"" + outcome + "\"}";
    }

    private static List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            bodies.add(body(i));
        }
        return bodies;
    }

    private static String body(int i) {
        String id = "m-" + i;
        String recebedor = "rcb-" + i % 10;
        return switch (i % 6) {
            case 0 -> Client.simulado(id, recebedor, "{\"falhas_transitorias\":1}");
            case 1 -> Client.simulado(id, recebedor, "{\"falhas_transitorias\":9}");
            case 2 -> Client.simulado(id, recebedor, "{\"falha_permanente\":true}");
            case 3 -> Client.pedido(id, recebedor, "few:1");
            default -> Client.simulado(id, recebedor, "{}");
        };
    }

    private static String events(String type) {
        return "select count(*) from operation_events where event_type = '" + type + "'";
    }
}
