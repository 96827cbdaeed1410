package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StopTest {

    private static final int PEDIDOS = 1_800;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Test
    void sigtermUnderLoadDrainsInTimeAndLeavesNothingUnacknowledged() throws Exception {
        try (var system = TestSystem.start("stop", Map.of())) {
            var api = system.api();
            var client = new Client(api);
            client.stock("sku", 1_000_000);
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < PEDIDOS; i++) {
                answers.add(client.postAsync(Client.pedido("stop-" + i, "rcb-" + i % 300, "sku:1"))
                        .thenApply(Client.Answer::status));
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(202));
            assertThat(api.stop()).isLessThan(DEADLINE);
            var worker = system.worker();
            system.awaitCount("select least(count(*), 100) from pedidos where status = 'COMPLETED'", 100);
            assertThat(worker.stop()).isLessThan(DEADLINE);

            long waiting = system.count("select count(*) from pedidos where status = 'PENDING' and not parked");
            assertThat(waiting).as("stopped in the middle").isPositive();
            // Unacknowledged deliveries are not in these counts; a parked one was acknowledged.
            Awaitility.await().untilAsserted(() -> assertThat(ready(system)).isEqualTo(waiting));
        }
    }

    private static long ready(TestSystem system) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(system.stores().amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            long ready = 0;
            for (int shard = 0; shard < 16; shard++) {
                ready += channel.messageCount(
                        system.stores().prefix().orElse("") + "pedidos_queue.%02d".formatted(shard));
            }
            return ready;
        }
    }
}
