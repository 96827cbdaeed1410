package dev.pedidos.tools.cli.operate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.ShardQueues;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReshardingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** At least two in the surplus shard: one in hand, and one that does not move meanwhile. */
    private static final int PEDIDOS = 6;

    @Test
    void messagesBehindASlowHandlerAreWaitedForAndThoseWithoutAWorkerAreNot() throws Exception {
        var settings = Map.of(
                "PEDIDOS_HANDLER_SIMULADO", "on",
                "PEDIDOS_SHARDS", "2",
                "PEDIDOS_PREFETCH", "1",
                // A message that is lost with its queue is not published again while the test waits.
                "PEDIDOS_SIGN_OF_LIFE_MS", "86400000",
                "PEDIDOS_ESPERAS", "1");
        try (var system = TestSystem.start("resharding", settings);
                var broker = system.broker();
                var queues = new ShardQueues(
                        new AmqpConnections(system.stores().amqpUri()),
                        FleetConfig.topology(new Env(Map.of(
                                "PEDIDOS_PREFIX", system.stores().prefix().orElse("")))));
                var ledger = system.owner()) {
            var client = new Client(system.apiByLedger());
            for (int i = 0; i < PEDIDOS; i++) {
                String slow = Client.simulado("slow-" + i, "rcb-" + i, "{\"demora_ms\":3000}");
                Crowd.mustBeAccepted(client.post(slow));
            }
            broker.awaitReady(TestBroker.shardQueues(2).subList(1, 2), 2);
            ledger.setAutoCommit(true);
            var resharding = new Resharding(queues, ledger, PATIENCE);

            assertThatThrownBy(() -> resharding.to(1, left -> {}))
                    .isInstanceOf(Resharding.Stuck.class)
                    .hasMessageContaining("is a worker running?");

            system.worker();
            system.awaitCount("select count(*) from living_workers where 1 = any(shards_active)", 1);
            resharding.to(1, left -> {});
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", PEDIDOS);
        }
    }
}
