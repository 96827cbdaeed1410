package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConsumersTest {

    private static final String SAID = "a shard cannot be consumed; the others go on, and it is tried again";
    private static final String OVER = "every shard of this worker can be consumed again";

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        Awaitility.await("SLF4J gives out substitutes while another thread opens it")
                .until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logOfTrials().addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logOfTrials().detachAppender(lines);
    }

    @Test
    void aShardThatWasGivenUpIsNotTriedAnyMore() throws Exception {
        try (var stores = TestStores.fresh("consumers");
                var other = new AmqpConnections(stores.amqpUri()).open("other");
                var own = new AmqpConnections(stores.amqpUri()).open("own")) {
            String queue = other.createChannel().queueDeclare().getQueue();
            var consumers = new Consumers(
                    any -> deliveries -> {},
                    new ConsumeBounds(1, 1, 1),
                    () -> {},
                    new AmqpConnections(stores.amqpUri()));
            consumers.connected(own);
            consumers.join(queue);
            Awaitility.await("only its own connection may consume an exclusive queue")
                    .until(() -> said().stream().anyMatch(line -> line.startsWith(SAID)));

            consumers.leave(queue);

            assertThat(said()).last().isEqualTo(OVER);
            consumers.stop();
        }
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Logger logOfTrials() {
        return (Logger) LoggerFactory.getLogger(QueueTrials.class);
    }
}
