package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.ConsumeBounds;
import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.runtime.MemoryShare;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Java error on a thread that keeps a connection to the broker: everything is set up again. */
class JavaErrorTest {

    private static TestSystem system;
    private static Amqp amqp;
    private final AtomicBoolean failed = new AtomicBoolean();

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("java-errors", Map.of());
        system.api();
        amqp = new Amqp(system.stores());
    }

    @AfterAll
    static void stop() throws Exception {
        amqp.close();
        system.close();
    }

    @Test
    void aLinkConnectsAgain() {
        try (var link = link(new ConnectionUser() {
            @Override
            public void connected(Connection connection) {
                failOnce();
            }

            @Override
            public void lost() {
                throw new Error("as if no thread could be started");
            }
        })) {
            awaitUp(link);
        }
    }

    @Test
    void aConsumerThatCouldNotBeOpenedIsOpenedOnTheNextConnection() throws Exception {
        var bodies = new LinkedBlockingQueue<String>();
        DeliveryHandler handler = deliveries -> deliveries.forEach(delivery -> {
            bodies.add(new String(delivery.body(), StandardCharsets.UTF_8));
            delivery.ack();
        });
        var consumers = new Consumers(
                queue -> {
                    failOnce();
                    return handler;
                },
                new ConsumeBounds(1, 1, 1),
                () -> {},
                new AmqpConnections(system.stores().amqpUri()));
        try (var link = link(consumers)) {
            awaitUp(link);
            consumers.join(amqp.names().deadLetterQueue());
            amqp.publish(amqp.names().deadLetterQueue(), "delivered");
            assertThat(bodies.poll(30, TimeUnit.SECONDS)).isEqualTo("delivered");
            consumers.stop();
        }
    }

    @Test
    void aPublisherSendsTheNextMessage() throws Exception {
        Supplier<String> ledger = () -> {
            failOnce();
            return "";
        };
        try (var publisher = new ConfirmedPublisher("java-errors", 10, new MemoryShare(1_000_000), ledger, () -> {});
                var link = link(publisher)) {
            awaitUp(link);
            var message = new Messages(amqp.names()).refused("id", Map.of(), new byte[0]);
            assertThat(publisher.publish(message)).failsWithin(30, TimeUnit.SECONDS);
            Awaitility.await("connected again").until(publisher::isUp);
            assertThat(publisher.publish(message)).succeedsWithin(30, TimeUnit.SECONDS);
            amqp.takeLetter();
        }
    }

    private void failOnce() {
        if (!failed.getAndSet(true)) {
            throw new Error("as if no thread could be started");
        }
    }

    private static BrokerLink link(ConnectionUser user) {
        var link = new BrokerLink(
                "java-errors", new AmqpConnections(system.stores().amqpUri()), List.of(user));
        link.start();
        return link;
    }

    private static void awaitUp(BrokerLink link) {
        Awaitility.await("connected").until(link::isUp);
    }
}
