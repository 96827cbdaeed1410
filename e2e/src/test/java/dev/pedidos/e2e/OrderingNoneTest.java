package dev.pedidos.e2e;

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
                "unordered", Map.of("PEDIDOS_ORDERING", "simulado=none", "PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var client = new Client(api);
            var operator = new Operator(system, api);
            system.worker();

            client.post(Client.simulado("slow", "rcb", "{\"falhas_transitorias\":3}"));
            operator.awaitStatus("slow", "RETRYING");
            client.post(Client.simulado("quick", "rcb", "{}"));
            client.post(Client.pedido("ordered", "rcb", "nowhere:1"));
            operator.awaitStatus("quick", "COMPLETED");
            operator.awaitStatus("ordered", "REJECTED");
            operator.awaitStatus("slow", "COMPLETED");
            assertThat(system.count(
                            "select count(*) from operation_events slow, operation_events other where slow.id > other.id"
                                    + " and slow.external_id = 'slow' and slow.event_type = 'COMPLETED'"
                                    + " and other.event_type in ('COMPLETED', 'REJECTED')"))
                    .as("finished before the slow one")
                    .isEqualTo(2);
        }
    }
}
