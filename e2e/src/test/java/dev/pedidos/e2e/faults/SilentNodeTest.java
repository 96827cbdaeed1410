package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.ConsumeBounds;
import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One node of the broker takes connections and does no work. The others do. */
class SilentNodeTest {

    /** A call to the broker is given up after 15 s. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(60);

    @Test
    void bothProgramsWorkWithTheOtherNode() throws Exception {
        try (var system = TestSystem.start("silent-node", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var silent = TcpProxy.silentNode(system.stores().amqpUri())) {
            var both = Map.of("AMQP_URI", before(system.stores().amqpUri(), silent));
            var api = system.api(both);
            var worker = system.worker(both);
            Crowd.mustBeAccepted(new Client(api).post(Client.simulado("by-the-other-node", "rcb", "{}")));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1);
            assertThat(worker.log()).contains("was reached and then failed");
        }
    }

    @Test
    void aNodeThatFallsSilentAfterTheSetUpIsTriedLast() throws Exception {
        try (var system = TestSystem.start("silent-later", Map.of());
                var silent = TcpProxy.silentNode(system.stores().amqpUri());
                var amqp = new Amqp(system.stores())) {
            system.declareTopology();
            BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
            var consumers = new Consumers(
                    queue -> deliveries -> deliveries.forEach(delivery -> {
                        bodies.add(new String(delivery.body(), StandardCharsets.UTF_8));
                        delivery.ack();
                    }),
                    new ConsumeBounds(1, 1, 1),
                    () -> {},
                    new AmqpConnections(system.stores().amqpUri()));
            String queue = amqp.names().deadLetterQueue();
            amqp.publish(queue, "delivered");
            try (var link = link(before(system.stores().amqpUri(), silent), consumers)) {
                Awaitility.await("connected").until(link::isUp);
                consumers.join(queue);

                assertThat(bodies.poll(GIVEN_UP.toSeconds(), TimeUnit.SECONDS)).isEqualTo("delivered");
                assertThat(link.connectionNumber()).isEqualTo(2);
                consumers.stop();
            }
        }
    }

    @Test
    void aQueueThatNoNodeHasIsNotTheNodesFault() throws Exception {
        try (var system = TestSystem.start("missing-everywhere", Map.of());
                var other = new TcpProxy(system.stores().amqpUri())) {
            BlockingQueue<String> nodes = new LinkedBlockingQueue<>();
            var user = new ConnectionUser() {
                @Override
                public void connected(Connection connection) throws IOException {
                    nodes.add(connection.getId());
                    connection.createChannel().queueDeclarePassive("no-such-queue");
                }

                @Override
                public void lost() {}
            };
            try (var link = link(before(system.stores().amqpUri(), other), user)) {
                String first = nodes.poll(GIVEN_UP.toSeconds(), TimeUnit.SECONDS);

                assertThat(nodes.poll(GIVEN_UP.toSeconds(), TimeUnit.SECONDS)).isEqualTo(first);
                assertThat(link.isUp()).isFalse();
            }
        }
    }

    private static String before(String amqpUri, TcpProxy node) {
        return amqpUri.replaceFirst("@", "@127.0.0.1:" + URI.create(node.uri()).getPort() + ",");
    }

    private static BrokerLink link(String amqpUri, ConnectionUser user) {
        var link = new BrokerLink("silent-node", new AmqpConnections(amqpUri), List.of(user));
        link.start();
        return link;
    }
}
