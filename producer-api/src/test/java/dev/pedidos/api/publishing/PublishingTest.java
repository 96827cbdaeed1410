package dev.pedidos.api.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublishingTest {
    private static final Topology TOPOLOGY = new Topology("", 4, new RetryLadder(List.of(Duration.ofSeconds(1))));

    private final List<OutboundMessage> published = new ArrayList<>();
    private final List<CompletableFuture<Void>> confirms = new ArrayList<>();
    private final BlockingQueue<PublishedMark> marked = new LinkedBlockingQueue<>();
    private final PublishingMetrics metrics = new PublishingMetrics(new SimpleMeterRegistry());
    private final PublishedMarks marks = new PublishedMarks(this::mark, metrics);
    private final Publishing publishing = publishing(Duration.ofMinutes(1));

    @BeforeEach
    void start() {
        marks.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        marks.close();
        publishing.close();
    }

    @Test
    void theClientIsAnsweredWithTheConfirmAndTheMarkFollows() throws Exception {
        CompletableFuture<Void> settled =
                publishing.publish(List.of(content("a"))).getFirst();
        assertThat(settled).isNotDone();
        confirms.getFirst().complete(null);
        assertThat(settled).isCompleted();
        assertThat(marked.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new PublishedMark(new Version("a", 0, 0, 0), PedidoStatus.PENDING));
    }

    @Test
    void marksWaitForAMomentButNotForTheStop() throws Exception {
        long start = System.nanoTime();
        publishing.publish(List.of(content("a")));
        confirms.getFirst().complete(null);
        assertThat(marked.take().version().pedidoId()).isEqualTo("a");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(PublishedMarks.AGE.toNanos());

        publishing.publish(List.of(content("b")));
        confirms.getLast().complete(null);
        marks.close();
        assertThat(marked.poll()).isNotNull();
    }

    @Test
    void aBatchIsPublishedAFewHundredAtATime() {
        var batch = IntStream.range(0, 900).mapToObj(i -> content("b-" + i)).toList();
        new TaskPublishing(publishing, Runnable::run).publish(batch);

        for (int sent : List.of(400, 800, 900, 900)) {
            assertThat(confirms).hasSize(sent);
            List.copyOf(confirms).forEach(confirm -> confirm.complete(null));
        }
    }

    @Test
    void ofTooManyBatchesAtOnceTheRelayPublishesTheLast() {
        var batches = new TaskPublishing(publishing, Runnable::run);
        for (int i = 0; i < 6; i++) {
            batches.publish(List.of(content("b-" + i)));
        }
        assertThat(confirms).hasSize(4);

        confirms.getFirst().complete(null);
        batches.publish(List.of(content("next")));
        assertThat(confirms).hasSize(5);
    }

    @Test
    void aPedidoThatIsInTheLedgerIsAcceptedThoughTheBrokerFailsButNotMarked() throws Exception {
        var settled = publishing.publish(List.of(content("failed"), content("confirmed")));
        confirms.get(0).completeExceptionally(new PublishFailed("the broker is down"));
        assertThat(settled.get(0)).isCompleted();
        assertThat(settled.get(1)).isNotDone();
        confirms.get(1).complete(null);
        marks.close();
        assertThat(marked).extracting(mark -> mark.version().pedidoId()).containsExactly("confirmed");
    }

    @Test
    void aConfirmThatDoesNotComeIsWaitedForOnlySoLong() throws Exception {
        try (var impatient = publishing(Duration.ofMillis(20))) {
            var settled = impatient.publish(List.of(content("a"))).getFirst();
            assertThat(settled.get(10, TimeUnit.SECONDS)).isNull();

            assertThat(impatient.publish(List.of(content("b"))).getFirst())
                    .as("the broker is silent")
                    .isCompleted();
            confirms.getFirst().complete(null);
            assertThat(impatient.isSilent()).as("it confirms again").isFalse();
        }
    }

    @Test
    void theMessageCarriesThePedidoAndGoesByItsReceiver() {
        publishing.publish(List.of(content("a")));
        OutboundMessage message = published.getFirst();
        assertThat(message.exchange()).isEqualTo(TOPOLOGY.entryExchange());
        assertThat(message.routingKey()).isEqualTo("r-1");
        assertThat(message.messageId()).isEqualTo("a");
        assertThat(PedidoCodec.readMessage(message.body())).isEqualTo(pedido("a"));
    }

    private Publishing publishing(Duration confirmWait) {
        return new Publishing(this::publish, new Messages(TOPOLOGY), marks, metrics, confirmWait);
    }

    private static Pedido pedido(String id) {
        return new Pedido(id, "pedido", "r-1", "web", List.of(new Item("A", 1, null)), null);
    }

    private static Messages.Content content(String id) {
        return Messages.Content.ofNew(id, "r-1", "pedido", PedidoCodec.writeMessage(pedido(id)));
    }

    private CompletableFuture<Void> publish(OutboundMessage message) {
        published.add(message);
        CompletableFuture<Void> confirm = new CompletableFuture<>();
        confirms.add(confirm);
        return confirm;
    }

    private int mark(List<PublishedMark> batch) {
        marked.addAll(batch);
        return batch.size();
    }
}
