package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static final int MOST_ANSWERS = 500;
    /** More than the 20 that RabbitMQ allows by default. */
    private static final int LOOKS = 25;

    @Test
    void theTopologyCanBeDeclaredTwiceAndIsRefusedIfAQueueHasOtherArguments() throws Exception {
        try (var stores = TestStores.fresh("topology")) {
            var ladder = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(4));
            var topology = new Topology(stores.prefix().orElse(""), 4, ladder);
            var connections = new AmqpConnections(stores.amqpUri());
            declareOtherwise(stores.amqpUri(), topology.shardQueue(3));

            assertThatThrownBy(
                            () -> new TopologyDeclaration(topology).declareAtStart(() -> connections.open("topology")))
                    .isInstanceOf(TopologyMismatch.class)
                    .hasMessageContainingAll(topology.shardQueue(3), "x-delivery-limit", "1000", "7");

            delete(stores.amqpUri(), topology.shardQueue(3));
            assertThatCode(() -> new TopologyDeclaration(topology).declareAtStart(() -> connections.open("topology")))
                    .doesNotThrowAnyException();
            assertThatCode(() -> new TopologyDeclaration(topology).declareAtStart(() -> connections.open("topology")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theDeclarationIsRepeatedIfTheBrokerGoesDownAtAnyMomentOfIt() throws Exception {
        try (var stores = TestStores.fresh("topology_cut")) {
            var topology = new Topology(
                    stores.prefix().orElse(""), 1, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(1)));
            int cuts = 0;
            boolean declared = false;
            for (; !declared; cuts++) {
                assertThat(cuts).as("answers of the broker").isLessThan(MOST_ANSWERS);
                try (var network = TcpProxy.cutAfter(cuts, stores.amqpUri())) {
                    declared = new TopologyDeclaration(topology)
                            .tryDeclare(() -> new AmqpConnections(network.uri()).open("topology"));
                }
            }
            assertThat(cuts)
                    .as("moments that were cut")
                    .isGreaterThan(
                            topology.exchanges().size() + topology.queues().size());
        }
    }

    /** In the management UI whoever looks at a message gives it back. */
    @Test
    void aMessageThatOnlyOperatorsTakeOutIsLookedAtAnyNumberOfTimes() throws Exception {
        try (var stores = TestStores.fresh("topology_looks")) {
            var topology = new Topology(
                    stores.prefix().orElse(""), 1, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(1)));
            new TopologyDeclaration(topology)
                    .declareAtStart(() -> new AmqpConnections(stores.amqpUri()).open("topology"));
            try (var connection = connection(stores.amqpUri());
                    var channel = connection.createChannel()) {
                for (String queue :
                        List.of(topology.deadLetterQueue(), topology.refusalQueue(), topology.foreignQueue())) {
                    channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[0]);
                    for (int look = 0; look < LOOKS; look++) {
                        var message = Awaitility.await(queue + ", look " + look)
                                .until(() -> channel.basicGet(queue, false), Objects::nonNull);
                        channel.basicNack(message.getEnvelope().getDeliveryTag(), false, true);
                    }
                    Awaitility.await(queue).until(() -> channel.messageCount(queue) == 1);
                }
            }
        }
    }

    private static void declareOtherwise(String amqpUri, String queue) throws Exception {
        try (var connection = connection(amqpUri);
                var channel = connection.createChannel()) {
            channel.queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    Map.of(
                            "x-queue-type", "quorum",
                            "x-single-active-consumer", true,
                            "x-delivery-limit", 7,
                            "x-dead-letter-exchange", "pedidos.dlx",
                            "x-dead-letter-strategy", "at-least-once",
                            "x-overflow", "reject-publish"));
        }
    }

    private static void delete(String amqpUri, String queue) throws Exception {
        try (var connection = connection(amqpUri);
                var channel = connection.createChannel()) {
            channel.queueDelete(queue);
        }
    }

    private static Connection connection(String amqpUri) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(amqpUri);
        return factory.newConnection();
    }
}
