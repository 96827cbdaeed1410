package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KilledWorkerTest {

    private static final int PEDIDOS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"1", "16"})
    void aWorkerKilledBetweenCommitAndAckLeavesOneEffectEach(String lote) throws Exception {
        try (var system = TestSystem.start("killed", Map.of("PEDIDOS_LOTE", lote))) {
            try (var proxy = new TcpProxy(system.stores().amqpUri())) {
                var client = new Client(system.api());
                client.stock("sku", 1_000);
                var doomed = system.worker(Map.of("AMQP_URI", proxy.uri()));
                Awaitility.await("every shard is its own")
                        .until(() -> doomed.metric("pedidos_shards_active") == TestSystem.SHARDS);
                proxy.swallowRequests();
                for (int i = 0; i < PEDIDOS; i++) {
                    assertThat(client.post(Client.pedido("killed-" + i, "rcb-" + i, "sku:1"))
                                    .status())
                            .isEqualTo(202);
                }
                system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", PEDIDOS);
                doomed.kill();
            }
            assertThat(messagesAfterTheNextWorker(system))
                    .as("messages that came again")
                    .isEqualTo(PEDIDOS);

            assertThat(system.count("select count(*) from operation_events where event_type = 'COMPLETED'"))
                    .isEqualTo(PEDIDOS);
            assertThat(system.count("select reservado from estoque")).isEqualTo(PEDIDOS);
            assertThat(system.count("select sum(tentativas) from pedidos")).isEqualTo(PEDIDOS);
        }
    }

    /** The second worker gets every message again, and skips each as a duplicate. */
    private static long messagesAfterTheNextWorker(TestSystem system) throws Exception {
        var worker = system.worker();
        var probes = new Client(worker);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> passed(probes) >= PEDIDOS);
        return passed(probes);
    }

    private static long passed(Client probes) throws Exception {
        return probes.text("/metrics")
                .lines()
                .filter(line -> line.startsWith("pedidos_endings_total{ending=\"passed\",reason=\"duplicate\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }
}
