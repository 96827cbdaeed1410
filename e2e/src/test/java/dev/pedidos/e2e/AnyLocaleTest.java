package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnyLocaleTest {

    @Test
    void underPersianDigitsPedidosReachTheSameQueuesAndAllAreFinal() throws Exception {
        try (var system = TestSystem.start("fa", Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=fa -Duser.country=IR"))) {
            var api = system.apiByLedger();
            system.worker();
            var client = new Client(api);
            for (int i = 0; i < 24; i++) {
                client.post(Client.pedido("fa-" + i, "rcb-" + i, "sku:1"));
            }

            system.awaitCount("select count(*) from pedidos where status = 'REJECTED'", 24);
            assertThat(client.text("/metrics")).contains("pedidos_").doesNotContainPattern("[\\u06f0-\\u06f9]");
        }
    }
}
