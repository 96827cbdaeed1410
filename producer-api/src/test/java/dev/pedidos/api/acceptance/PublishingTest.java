package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.PedidoCodec;
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
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final PublishedMarks marks = new PublishedMarks(this::mark, metrics);
    private final Publishing publishing = new Publishing(this::publish, new Messages(TOPOLOGY), marks, metrics);

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
    void the_answer_comes_with_the_confirm_and_the_mark_follows() throws Exception {
        Submission submission = Submission.of(pedido("a"), true);
        publishing.publish(List.of(submission));
        assertThat(submission.answer()).isNotDone();
        confirms.getFirst().complete(null);
        assertThat(submission.answer()).isCompletedWithValue(new Acceptance.Accepted());
        assertThat(marked.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new PublishedMark(new Version("a", 0, 0, 0), Status.PENDING));
    }

    @Test
    void what_is_noted_is_accepted_though_the_broker_fails_but_not_marked() throws Exception {
        Submission failed = Submission.of(pedido("failed"), true);
        Submission confirmed = Submission.of(pedido("confirmed"), true);
        publishing.publish(List.of(failed, confirmed));
        confirms.get(0).completeExceptionally(new PublishFailed("the broker is away"));
        assertThat(failed.answer()).isCompletedWithValue(new Acceptance.Accepted());
        assertThat(confirmed.answer()).isNotDone();
        confirms.get(1).complete(null);
        marks.close();
        assertThat(marked).extracting(mark -> mark.version().pedidoId()).containsExactly("confirmed");
    }

    @Test
    void a_confirm_that_does_not_come_is_waited_for_only_so_long() throws Exception {
        Submission submission = Submission.of(pedido("a"), true);
        publishing.publish(List.of(submission));
        assertThat(submission.answer().get(20, TimeUnit.SECONDS)).isEqualTo(new Acceptance.Accepted());
    }

    @Test
    void the_message_carries_the_pedido_and_goes_by_its_receiver() {
        publishing.publish(List.of(Submission.of(pedido("a"), true)));
        OutboundMessage message = published.getFirst();
        assertThat(message.exchange()).isEqualTo(TOPOLOGY.entryExchange());
        assertThat(message.routingKey()).isEqualTo("r-1");
        assertThat(message.messageId()).isEqualTo("a");
        assertThat(PedidoCodec.readMessage(message.body())).isEqualTo(pedido("a"));
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
