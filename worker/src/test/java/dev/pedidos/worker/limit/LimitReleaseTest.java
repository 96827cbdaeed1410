package dev.pedidos.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.inmemory.MemoryBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitReleaseTest {

    private static final Messages MESSAGES =
            new Messages(new Topology("", 4, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1))));

    /** No server listens there: the tests say which pedidos are released. */
    private final Database database = new Database(
            "test",
            () -> new DatabaseUrl("jdbc:postgresql://127.0.0.1:1/none", "none", "", Map.of()),
            1,
            new SimpleMeterRegistry());

    private final MemoryBroker broker = new MemoryBroker();
    private final List<PublishedMark> marked = new ArrayList<>();
    private final LimitRelease release = new LimitRelease(
            new FleetLimits(new LimitStore(database), "test", Map.of()),
            new LimitQueue(database, 1_000),
            new DuePublisher(broker::publish, MESSAGES),
            marks -> {
                marked.addAll(marks);
                return marks.size();
            });

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPedidoWhoseContentCannotBeReadDoesNotHoldUpTheOthers() throws Exception {
        var damaged = due("damaged", "{\"itens\":[{\"sku\":1}]}");
        var sound = due("sound", "{}");
        publish(damaged, sound);
        assertThat(broker.published()).extracting(OutboundMessage::messageId).containsExactly("sound");
        assertThat(marked).containsExactly(sound.mark());
    }

    @Test
    void theRelayPublishesThoseThatTheBrokerDoesNotConfirm() throws Exception {
        broker.refuse();
        publish(due("refused", "{}"));
        assertThat(marked).isEmpty();
    }

    @Test
    void aPedidoWhoseAttemptEndedWithItsWorkerIsSuspect() throws Exception {
        var due = due("killer", "{}");
        publish(new Due(
                due.version(),
                due.status(),
                due.ordem(),
                due.tipo(),
                due.recebedorId(),
                due.origem(),
                due.payload(),
                true,
                due.death()));
        assertThat(broker.published())
                .first()
                .extracting(OutboundMessage::headers)
                .satisfies(headers -> assertThat(headers).containsKey(OutboundMessage.REENTREGUE));
    }

    private void publish(Due... released) throws Exception {
        release.publish(
                List.of(released), System.nanoTime() + Duration.ofSeconds(3).toNanos());
    }

    private static Due due(String pedidoId, String payload) {
        return new Due(
                new Version(pedidoId, 0, 1, 1),
                PedidoStatus.RETRYING,
                1,
                "simulado",
                "r",
                "teste",
                payload,
                false,
                Optional.empty());
    }
}
