package dev.pedidos.e2e.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Dead letters of the time between a backup and its restore. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class DlqUnknownTest {
    private static final String DLQ = "pedidos_dlq";

    @Test
    void pedidosThatTheLedgerDoesNotKnowArePutBackAndTheOthersStay() throws Exception {
        try (var system = TestSystem.start("dlq-unknown", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var broker = system.broker()) {
            var client = new Client(system.api());
            system.worker();
            client.stock("x", 10);
            client.post(Client.simulado("dead", "r", "{\"falha_permanente\":true}"));
            client.awaitStatus("dead", "DEAD_LETTERED");
            var afterBackup = Map.<String, Object>of("ciclo", 1, "motivo", "TENTATIVAS_ESGOTADAS");
            put(broker, DLQ, "died", Client.pedido("died", "r", "x:1"), afterBackup);
            put(broker, "pedidos_queue.00", "refused", Client.pedido("refused", "s", "x:2"), Map.of());
            broker.awaitReady(List.of(DLQ), 3);

            var listed = PedidosCommand.run(system.stores(), "dlq", "unknown");
            assertThat(listed.output()).contains("died", "refused", "2 dead letters of pedidos");
            assertThat(listed.exitCode()).as(listed.output()).isZero();

            var put = PedidosCommand.run(system.stores(), "dlq", "unknown", "--put-back");
            assertThat(put.output()).contains("2 dead letters of pedidos");
            client.awaitStatus("died", "COMPLETED");
            client.awaitStatus("refused", "COMPLETED");
            broker.awaitLetters(List.of("dead"));
        }
    }

    /** Decoded together they would take two gigabytes. */
    @Test
    void manyLargeLettersAreLookedAtWithinASmallHeap() throws Exception {
        try (var system = TestSystem.start("dlq-large", Map.of());
                var broker = system.broker()) {
            system.declareTopology();
            system.migrate();
            for (int i = 0; i < 300; i++) {
                String body = Client.simulado("large-" + i, "r", "{\"x\":[" + "{},".repeat(80_000) + "{}]}");
                put(broker, DLQ, "large-" + i, body, Map.of("ciclo", 1, "motivo", "TENTATIVAS_ESGOTADAS"));
            }
            broker.awaitReady(List.of(DLQ), 300);

            var listed = PedidosCommand.flagged("-Xmx128m", system.stores(), "dlq", "unknown");
            assertThat(listed.output()).contains("300 dead letters of pedidos");
            assertThat(listed.exitCode()).as(listed.output()).isZero();
            var put = PedidosCommand.flagged("-Xmx128m", system.stores(), "dlq", "unknown", "--put-back");
            assertThat(put.output()).contains("300 dead letters of pedidos");
            broker.awaitReady(List.of("pedidos_queue"), 300);
            assertThat(PedidosCommand.run(system.stores(), "dlq", "unknown").output())
                    .contains("0 dead letters");
        }
    }

    private static void put(TestBroker broker, String queue, String id, String body, Map<String, Object> headers)
            throws Exception {
        var properties = new AMQP.BasicProperties.Builder()
                .messageId(id)
                .deliveryMode(2)
                .headers(headers)
                .build();
        broker.put(queue, properties, body.getBytes(UTF_8));
    }
}
