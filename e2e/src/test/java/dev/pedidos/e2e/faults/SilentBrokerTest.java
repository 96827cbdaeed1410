package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.QueueLeader;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.Backlogs;
import dev.pedidos.shared.broker.ShardQueues;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.stack.stores.KillableServers;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fault 49: a part of the broker answers nothing for a while. A queue whose leader is silent is said to be empty. */
class SilentBrokerTest {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final String SHARD = "pedidos_queue.01";

    private static KillableServers servers;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open("leader");
    }

    @AfterAll
    static void close() {
        servers.close();
    }

    @Test
    void newPedidosAreNotInsertedBeforeThoseOfAnOpenQueueThatSeemsEmpty() throws Exception {
        var stores = servers.fresh("open_queue");
        try (var system = TestSystem.on(stores, Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var amqp = new Amqp(stores)) {
            system.declareTopology();
            amqp.publish("pedidos_queue", Client.simulado("first", "rcb", "{}"));
            var leader = new QueueLeader(servers, stores, "pedidos_queue");
            leader.suspend();
            var client = new Client(system.api());
            Awaitility.await("not said to be unknown")
                    .during(SILENCE)
                    .atMost(SILENCE.multipliedBy(2))
                    .until(() -> client.get("/pedidos/first").status() == 503);
            leader.resume();

            client.awaitLedgerPath();
            assertThat(client.get("/pedidos/first").status()).isEqualTo(200);
        }
    }

    @Test
    void aShardThatSeemsEmptyIsNotTakenForEmpty() throws Exception {
        var stores = servers.fresh("shards");
        try (var system = TestSystem.on(stores, Map.of());
                var broker = system.broker()) {
            system.declareTopology();
            broker.put(SHARD, new AMQP.BasicProperties(), new byte[1]);
            var leader = new QueueLeader(servers, stores, SHARD);
            leader.suspend();
            try (var shards = shards(stores)) {
                assertThat(shards.contents(1, 2).ready())
                        .as("as RabbitMQ counts")
                        .isZero();
                assertThatThrownBy(() -> shards.areEmpty(1, 2)).isInstanceOf(IOException.class);
            }
            leader.resume();

            try (var shards = shards(stores)) {
                assertThat(shards.areEmpty(1, 2)).isFalse();
                broker.purge(SHARD);
                assertThat(shards.areEmpty(1, 2)).isTrue();
            }
        }
    }

    /** Otherwise each further queue would cost a wait, and leave a channel open. */
    @Test
    void aCountWithoutAnAnswerEndsItsConnection() throws Exception {
        var stores = servers.fresh("channel");
        var connections = new AmqpConnections(stores.amqpUri());
        try (var system = TestSystem.on(stores, Map.of())) {
            system.declareTopology();
            var backlogs = new Backlogs();
            var connection = connections.open("backlogs");
            backlogs.connected(connection);
            assertThat(backlogs.of(SHARD)).isZero();
            channels("suspend");

            assertThat(backlogs.of(List.of(SHARD, SHARD, SHARD))).containsOnlyNulls();
            Awaitility.await("ended").until(() -> !connection.isOpen());
            channels("resume");

            try (var next = connections.open("backlogs")) {
                backlogs.connected(next);
                assertThat(backlogs.of(SHARD)).isZero();
            }
        }
    }

    private static ShardQueues shards(Stores stores) throws Exception {
        var ladder = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600));
        return new ShardQueues(new AmqpConnections(stores.amqpUri()), new Topology("", TestSystem.SHARDS, ladder));
    }

    private static void channels(String how) throws Exception {
        servers.rabbitmqctl("eval", RootLocale.format("[sys:%s(Each) || Each <- rabbit_channel:list_local()].", how));
    }
}
