package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopTest {

    private static final int PEDIDOS = 1_800;
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    @Test
    void sigtermUnderLoadDrainsAndLeavesNothingUnacknowledged() throws Exception {
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
            api.drain();
            var database = system.databaseProxy();
            var worker = system.workerBegun(Map.of("DATABASE_URL", database.uri()));
            database.hold(Statements.nth(100, Statements.FINISH), worker::terminate)
                    .awaitSprung();
            assertThat(worker.exitCode()).isEqualTo(TestProgram.SIGTERM);

            var waiting = ids(system, "PENDING", "not parked and published");
            assertThat(waiting).as("stopped in the middle").isNotEmpty();
            try (var broker = system.broker()) {
                var shards = TestBroker.shardQueues(TestSystem.SHARDS);
                broker.awaitReady(shards, waiting.size());
                var queued = broker.take(shards, (int) broker.ready(shards)).stream()
                        .map(message -> message.getProperties().getMessageId())
                        .toList();
                assertThat(queued).containsAll(waiting);
                assertThat(queued)
                        .as("every one that has ended was acknowledged")
                        .doesNotContainAnyElementsOf(ids(system, "COMPLETED", "true"));
            }
        }
    }

    /** The other tests give their programs more time. */
    @Test
    void byDefaultAProgramWithWorkInHandStopsInOrderWithinTenSeconds() throws Exception {
        try (var system =
                TestSystem.start("stop-default", Map.of("PEDIDOS_DRAIN_MS", "", "PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.apiByLedger();
            var worker = system.worker();
            var client = new Client(api);
            for (int i = 0; i < 2 * TestSystem.SHARDS; i++) {
                client.post(Client.simulado("slow-" + i, "rcb-" + i, "{\"demora_ms\":1000}"));
            }
            system.awaitCount("select least(count(*), 1) from pedidos where status = 'COMPLETED'", 1);
            for (var program : List.of(worker, api)) {
                assertThat(program.stop()).isLessThan(DEFAULT_DRAIN.plusSeconds(2));
                assertThat(program.exitCode()).isEqualTo(TestProgram.SIGTERM);
            }
        }
    }

    private static List<String> ids(TestSystem system, String status, String condition) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select pedido_id from pedidos where status = '" + status + "' and " + condition)
                        .mapTo(String.class)
                        .list());
    }
}
