package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.runtime.MemoryShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The network takes nothing more of a connection while a writer waits for room in its socket. */
class StalledWriterTest {

    private static final int MESSAGES = 64;
    private static final byte[] BODY = new byte[1024 * 1024];
    /** The client gives a silent connection up after two heartbeats, then waits for the channel of the writer. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    /** Before the client misses two heartbeats. */
    private static final Duration SOONER = Duration.ofSeconds(8);

    @Test
    void theConnectionIsOpenedAgainAndTheNextMessageIsConfirmed() throws Exception {
        try (var system = TestSystem.start("stalled-writer", Map.of());
                var network = new TcpProxy(system.stores().amqpUri());
                var publisher = new ConfirmedPublisher("stalled", MESSAGES, new MemoryShare(Long.MAX_VALUE));
                var link = new BrokerLink("stalled", new AmqpConnections(network.uri()), List.of(publisher))) {
            system.declareTopology();
            String queue = queue(system);
            link.start();
            Awaitility.await("connected").until(publisher::isUp);
            network.stall();
            List<CompletableFuture<Void>> stalled = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                stalled.add(publisher.publish(message(queue, BODY)));
            }

            assertThat(stalled).allSatisfy(each -> assertThat(each).failsWithin(GIVEN_UP));
            Awaitility.await("connected again").atMost(GIVEN_UP).until(publisher::isUp);
            assertThat(publisher.publish(message(queue, new byte[1]))).succeedsWithin(GIVEN_UP);
        }
    }

    /** An orderly stop must not wait for the end of an alarm. */
    @Test
    void theLinkCanBeClosedMeanwhile() throws Exception {
        try (var system = TestSystem.start("held-up-close", Map.of());
                var network = new TcpProxy(system.stores().amqpUri());
                var publisher = new ConfirmedPublisher("held-up", MESSAGES, new MemoryShare(Long.MAX_VALUE))) {
            system.declareTopology();
            String queue = queue(system);
            var link = new BrokerLink("held-up", new AmqpConnections(network.uri()), List.of(publisher));
            link.start();
            Awaitility.await("connected").until(publisher::isUp);
            network.stall();
            for (int i = 0; i < MESSAGES; i++) {
                var unused = publisher.publish(message(queue, BODY));
            }
            Awaitility.await("a writer that waits").until(StalledWriterTest::writes);

            assertThat(Thread.ofVirtual().start(link::close).join(SOONER)).isTrue();
            assertThat(writes()).isFalse();
        }
    }

    private static boolean writes() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("held-up"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("implWrite"));
    }

    private static String queue(TestSystem system) throws Exception {
        try (var amqp = new Amqp(system.stores())) {
            return amqp.names().deadLetterQueue();
        }
    }

    private static OutboundMessage message(String queue, byte[] body) {
        return new OutboundMessage("", queue, new Version("id", 0, 1, 1), "simulado", body, Map.of());
    }
}
