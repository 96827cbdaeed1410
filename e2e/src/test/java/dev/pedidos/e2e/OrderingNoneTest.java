package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderingNoneTest {

    @Test
    void oneOfATipoWithoutOrderHoldsNobodyAndWaitsForNobody() throws Exception {
        try (var system = TestSystem.start(
                "unordered", Map.of("PEDIDOS_ORDERING", "simulado=none", "PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var client = new Client(api);
            var operator = new Operator(system, api);
            system.worker();

            client.post(Client.simulado("slow", "rcb", "{\"falhas_transitorias\":2}"));
            operator.awaitStatus("slow", "RETRYING");
            client.post(Client.simulado("quick", "rcb", "{}"));
            client.post(Client.pedido("ordered", "rcb", "nowhere:1"));
            operator.awaitStatus("quick", "COMPLETED");
            operator.awaitStatus("ordered", "REJECTED");
            assertThat(operator.get("/pedidos/slow").path("status").asString(""))
                    .isEqualTo("RETRYING");
            operator.awaitStatus("slow", "COMPLETED");
        }
    }
}
