package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A worker loses its connection for publishing, and keeps the one that its deliveries come on. (Fault 26.) */
class PublishingCutTest {

    private static final int RECEIVERS = 48;

    @Test
    void aDeliveryThatHasToPublishIsHeldAndAllOthersGoOn() throws Exception {
        var cut = new AtomicBoolean();
        try (var system = TestSystem.start("publishing-cut", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var network = TcpProxy.cutting(
                        "worker-publish", cut::get, system.stores().amqpUri())) {
            var client = new Client(system.api());
            var worker = system.worker(Map.of("AMQP_URI", network.uri()));
            cut.set(true);
            client.post(Client.simulado("retried", "rcb-retried", "{\"falhas_transitorias\":1}"));
            Awaitility.await("the delivery is held")
                    .until(() -> worker.log().contains("the delivery is held until it does"));
            for (int i = 0; i < RECEIVERS; i++) {
                client.post(Client.simulado("other-" + i, "rcb-" + i, "{}"));
            }
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", RECEIVERS);

            cut.set(false);
            client.awaitStatus("retried", "COMPLETED");
            assertThat(client.get("/pedidos/retried").number("tentativas")).isEqualTo(2);
            assertThat(worker.log())
                    .contains("worker-publish: connection to the broker lost")
                    .doesNotContain("opening the connection again");
        }
    }
}
