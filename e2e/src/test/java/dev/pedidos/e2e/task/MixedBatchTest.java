package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.Pedido;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Pedidos, cancellations and events of operations that are inserted with one commit. */
class MixedBatchTest {

    @Test
    void eachIsInsertedWithWhatItCarriesAndASecondTimeNothingIs() throws Exception {
        try (var system = TestSystem.start("mixed-batch", Map.of())) {
            var inserts = new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {});
            List<NewPedido> batch = Stream.of(
                            new Pedido("plain", "pedido", "rcb", "api", List.of(new Item("sku", 1, null)), null),
                            Cancelamento.read("plain", utf8("{}")).inLineOf("rcb"),
                            created().pedido())
                    .map(pedido -> NewPedido.of(pedido, true))
                    .toList();

            assertThat(inserts.insert(batch)).hasSize(3).hasOnlyElementsOfType(Inserted.New.class);
            assertThat(system.text("select pedido_id from cancelamentos")).isEqualTo("plain");
            assertThat(system.text("select external_id from operations")).isEqualTo("op");

            system.alter("delete from cancelamentos");
            assertThat(inserts.insert(batch)).hasSize(3).hasOnlyElementsOfType(Inserted.Replay.class);
            assertThat(system.count("select count(*) from cancelamentos")).isZero();
            assertThat(system.count("select count(*) from operation_events")).isEqualTo(4);
        }
    }

    /** A client may have sent a pedido of its own under the id that an event gets. */
    @Test
    void anEventWhoseIdAPedidoOfAnotherTipoHasIsAConflict() throws Exception {
        try (var system = TestSystem.start("mixed-batch-taken", Map.of())) {
            var inserts = new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {});
            var event = created().pedido();
            var dados = JsonNodeFactory.instance.objectNode().put("external_id", "op");
            var taken = new Pedido(event.pedidoId(), "simulado", "rcb", "api", List.of(), dados);

            assertThat(inserts.insert(List.of(NewPedido.of(taken, true)))).hasOnlyElementsOfType(Inserted.New.class);
            assertThat(inserts.insert(List.of(NewPedido.of(event, true))))
                    .hasOnlyElementsOfType(Inserted.Conflict.class);
            assertThat(system.count("select count(*) from operations")).isZero();
        }
    }

    private static OperationEvent created() {
        return OperationReader.read(
                utf8("{\"external_id\":\"op\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1}}"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
