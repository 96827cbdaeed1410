package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectKeyTest {

    private static final String EFFECT = """
            insert into operation_events (external_id, event_type, payload, payload_hash)
            values ('done', 'COMPLETED', '{"ciclo": 0, "tentativa": 1, "motivo": null, "resultado": {"a": 1}}', 'x')""";

    @Test
    void aPedidoWhoseEffectIsOnTheRecordTakesNoSecondOneAndItsReceiverGoesOn() throws Exception {
        try (var system = TestSystem.start("effect-key", Map.of())) {
            var client = new Client(system.api());
            client.stock("sku", 10);
            assertThat(client.post(Client.pedido("done", "rcb", "sku:3")).status())
                    .isEqualTo(202);
            assertThat(client.post(Client.pedido("next", "rcb", "sku:2")).status())
                    .isEqualTo(202);
            system.ledger().jdbi().useHandle(handle -> handle.execute(EFFECT));
            system.worker();
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);

            var done = client.get("/pedidos/done");
            assertThat(done.number("tentativas")).isEqualTo(1);
            assertThat(done.body().at("/resultado/a").asInt()).isEqualTo(1);
            assertThat(client.get("/estoque/sku").number("reservado")).isEqualTo(2);
        }
    }
}
