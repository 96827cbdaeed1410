package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.ConsumeBounds;
import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.DeliveryHandler;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A consumer leaves a shard while work on one of its deliveries takes long. */
class LeavingTest {

    @Test
    void theNextConsumerGetsWhatHasNotBegunAtOnceAndWhatHasBegunIsAcknowledged() throws Exception {
        try (var system = TestSystem.start("leaving", Map.of("PEDIDOS_SHARDS", "1"))) {
            system.api();
            try (var amqp = new Amqp(system.stores())) {
                String shard = amqp.names().shardQueue(0);
                var slow = new Slow();
                var first = consumers(system, slow);
                var taken = new CopyOnWriteArrayList<String>();
                var next = consumers(system, all -> all.forEach(one -> take(one, taken)));
                try (var firstLink = link(system, first);
                        var nextLink = link(system, next)) {
                    Awaitility.await().until(() -> firstLink.isUp() && nextLink.isUp());
                    first.join(shard);
                    for (String body : List.of("begun", "2", "3", "4")) {
                        amqp.publish(shard, body);
                    }
                    Awaitility.await().until(() -> slow.deliveries.size() == 4);
                    next.join(shard);
                    first.leave(shard);
                    Awaitility.await("the next consumer works").until(() -> taken.equals(List.of("2", "3", "4")));

                    slow.mayEnd.countDown();
                    first.stop();
                    amqp.publish(shard, "5");
                    Awaitility.await().until(() -> taken.size() > 3);
                    assertThat(taken).containsExactly("2", "3", "4", "5");
                    next.stop();
                }
                assertThat(amqp.ready(shard)).isZero();
            }
        }
    }

    private static void take(Delivery delivery, List<String> taken) {
        taken.add(new String(delivery.body(), StandardCharsets.UTF_8));
        delivery.ack();
    }

    /** Begins with its first delivery and is at it for long. */
    private static final class Slow implements DeliveryHandler {

        private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public void handle(List<Delivery> more) {
            deliveries.addAll(more);
        }

        @Override
        public Collection<Delivery> beginNoMore() {
            return List.of(deliveries.getFirst());
        }

        @Override
        public void finish() throws InterruptedException {
            mayEnd.await();
            deliveries.getFirst().ack();
        }
    }

    private static Consumers consumers(TestSystem system, DeliveryHandler handler) {
        var connections = new AmqpConnections(system.stores().amqpUri());
        return new Consumers(queue -> handler, new ConsumeBounds(10, 1, 1), () -> {}, connections);
    }

    private static BrokerLink link(TestSystem system, Consumers consumers) {
        var link = new BrokerLink("leaving", new AmqpConnections(system.stores().amqpUri()), List.of(consumers));
        link.start();
        return link;
    }
}
