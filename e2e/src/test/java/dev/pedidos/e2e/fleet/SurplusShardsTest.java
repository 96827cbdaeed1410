package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.stack.stores.Stores;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Imported definitions have more shards than the fleet. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class SurplusShardsTest {

    private static final String METRIC = "pedidos_surplus_shards";
    private static final int IMPORTED = 16;
    private static final int PEDIDOS = 40;

    @Test
    void pedidosThatGoWhereNobodyWorksAreReportedAndReshardBringsThemBack() throws Exception {
        var stores = TestStores.fresh("surplus");
        importDefinitions(stores);
        var settings = Map.of("PEDIDOS_SHARDS", "8", "PEDIDOS_HANDLER_SIMULADO", "on");
        try (var system = TestSystem.on(stores, settings)) {
            var api = system.apiByLedger();
            system.worker();
            Awaitility.await().untilAsserted(() -> {
                assertThat(api.metric(METRIC)).isOne();
                assertThat(api.log()).contains("run ./pedidos reshard 8", "pedidos_queue.08 exists");
            });
            send(new Client(api));
            var surplus = TestBroker.shardQueues(IMPORTED).subList(8, IMPORTED);
            try (var broker = system.broker()) {
                assertThat(broker.consumers(surplus)).isZero();
                broker.awaitReady(surplus, 1);

                var resharded = PedidosCommand.run(stores, "reshard", "8");

                assertThat(resharded.exitCode()).as(resharded.output()).isZero();
                system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", PEDIDOS);
                assertThat(broker.existing(surplus)).isEmpty();
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(api.metric(METRIC)).isZero());
        }
    }

    private static void importDefinitions(Stores stores) {
        var ladder = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600));
        var topology = new Topology(stores.prefix().orElse(""), IMPORTED, ladder);
        var connections = new AmqpConnections(stores.amqpUri());
        assertThat(new TopologyDeclaration(topology).tryDeclare(() -> connections.open("import")))
                .isTrue();
    }

    private static void send(Client client) throws Exception {
        for (int i = 0; i < PEDIDOS; i++) {
            assertThat(client.post(Client.simulado("p-" + i, "rcb-" + i, "{}")).status())
                    .isEqualTo(202);
        }
    }
}
