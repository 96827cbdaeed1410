package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunbookTest {

    private static final int PEDIDOS = 20;
    private static final List<String> STATEMENTS =
            Markdown.read("docs/runbook.md").section("Messages are gone").blocks("sql");

    @Test
    void theStatementOfTheRunbookAndTheApiBringBackWhatTheBrokerLost() throws Exception {
        try (var system = TestSystem.start("runbook", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var client = new Client(system.api());
            for (int i = 0; i < PEDIDOS; i++) {
                client.post(Client.simulado(
                        "lost-" + i, "rcb-" + i % 4, RootLocale.format("{\"falha_permanente\":%s}", i == 0)));
            }
            system.awaitCount("select count(*) from pedidos where published", PEDIDOS);
            purge(system);
            system.worker();

            run(system, STATEMENTS.getFirst());
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", PEDIDOS - 1);

            system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and relay_at is null", 1);
            assertThat(purge(system)).as("dead letters").isEqualTo(1);
            Awaitility.await("the dead letter is back by itself").until(() -> purge(system) == 1);
        }
    }

    private static void run(TestSystem system, String statement) {
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.createScript(statement).execute());
    }

    /** Empties shards and dead letters; returns how many dead letters there were. */
    private static int purge(TestSystem system) throws Exception {
        var topology =
                new Topology(system.stores().prefix().orElse(""), 16, new RetryLadder(List.of(Duration.ofSeconds(1))));
        var factory = new ConnectionFactory();
        factory.setUri(system.stores().amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            for (int shard = 0; shard < topology.shards(); shard++) {
                channel.queuePurge(topology.shardQueue(shard));
            }
            return channel.queuePurge(topology.deadLetterQueue()).getMessageCount();
        }
    }
}
