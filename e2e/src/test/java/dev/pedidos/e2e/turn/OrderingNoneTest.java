package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderingNoneTest {

    @Test
    void aPedidoOfATipoWithoutOrderHoldsNobodyAndWaitsForNobody() throws Exception {
        try (var system = TestSystem.start(
                "unordered",
                Map.of(
                        "PEDIDOS_ORDERING", "simulado=none",
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "60000",
                        "PEDIDOS_RETRY_MAX_MS", "60000"))) {
            var api = system.api();
            var client = new Client(api);
            var operator = new Operator(system, api);
            system.worker();

            client.post(Client.simulado("slow", "rcb", "{\"falhas_transitorias\":1}"));
            operator.awaitStatus("slow", "RETRYING");
            client.post(Client.simulado("quick", "rcb", "{}"));
            client.post(Client.pedido("ordered", "rcb", "nowhere:1"));
            operator.awaitStatus("quick", "COMPLETED");
            operator.awaitStatus("ordered", "REJECTED");
            assertThat(client.get("/pedidos/slow").text("status")).isEqualTo("RETRYING");
            system.hasten("slow", 1);
            operator.awaitStatus("slow", "COMPLETED");
        }
    }
}
