package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {
    private static final Topology NAMES = Topology.withoutShards("", new RetryLadder(List.of(Duration.ofSeconds(1))));
    private static final Acceptance ACCEPTED = new Acceptance.Accepted();
    private static final Acceptance UNAVAILABLE = new Acceptance.Unavailable();

    /** Longer than a machine stands still. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicBoolean ledgerUp = new AtomicBoolean(true);
    private final AtomicBoolean brokerUp = new AtomicBoolean(true);
    private final List<OutboundMessage> published = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> confirms = new CopyOnWriteArrayList<>();
    private final Semaphore publishing = new Semaphore(0);
    private final List<Submission> noted = new CopyOnWriteArrayList<>();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final Unnoted unnoted =
            new Unnoted(this::publish, new Messages(NAMES), new AcceptanceClock(System::nanoTime, () -> 1), metrics);
    private final Gate gate = new Gate(ledgerUp::get, brokerUp::get, unnoted, metrics, LONG);

    @BeforeEach
    void start() {
        gate.start(noted::add);
    }

    @AfterEach
    void stop() throws InterruptedException {
        gate.close();
    }

    @Test
    void at_first_it_is_closed_and_what_the_broker_confirms_is_accepted() {
        Submission first = pass("first");
        assertThat(first.answer()).isNotDone();
        assertThat(published.getFirst().routingKey()).isEqualTo(NAMES.openQueue());
        assertThat(published.getFirst().headers()).containsKey(OutboundMessage.ACEITO_EM);
        confirms.getFirst().complete(null);
        assertThat(first.answer()).isCompletedWithValue(ACCEPTED);
        assertThat(noted).isEmpty();
    }

    @Test
    void times_of_acceptance_grow() {
        pass("one");
        pass("two");
        assertThat(published)
                .extracting(message -> (Long) message.headers().get(OutboundMessage.ACEITO_EM))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void it_opens_when_the_queue_was_seen_empty_and_nothing_was_sent_there_meanwhile() throws Exception {
        gate.hold();
        Submission waiting = pass("waiting");
        assertThat(published).isEmpty();
        assertThat(gate.open(gate.awaitAllSent())).isTrue();
        Submission next = pass("next");
        assertThat(noted).containsExactly(waiting, next);
    }

    @Test
    void one_that_could_not_be_noted_while_the_queue_was_looked_at_keeps_it_closed() throws Exception {
        gate.hold();
        long sent = gate.awaitAllSent();
        gate.take(submission("late"));
        confirms.getFirst().complete(null);
        assertThat(gate.open(sent)).isFalse();
        assertThat(gate.isOpen()).isFalse();
    }

    @Test
    void what_is_under_way_to_the_queue_is_waited_for() throws Exception {
        pass("under-way");
        gate.hold();
        CompletableFuture<Long> allSent = CompletableFuture.supplyAsync(() -> {
            try {
                return gate.awaitAllSent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(allSent).isNotDone();
        confirms.getFirst().complete(null);
        assertThat(allSent.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void nobody_is_held_for_long() throws Exception {
        try (var impatient = new Gate(ledgerUp::get, brokerUp::get, unnoted, metrics)) {
            impatient.start(noted::add);
            impatient.hold();
            Submission held = submission("held");
            impatient.pass(held);
            assertThat(publishing.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            confirms.getFirst().complete(null);
            assertThat(held.answer().get(10, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
            assertThat(impatient.awaitAllSent()).isNegative();
        }
    }

    @Test
    void the_database_seen_away_closes_it_until_it_is_opened_again() throws Exception {
        open();
        ledgerUp.set(false);
        pass("away");
        ledgerUp.set(true);
        pass("back");
        assertThat(published).hasSize(2);
        assertThat(noted).isEmpty();
    }

    @Test
    void without_broker_new_ones_are_noted_although_it_is_closed() {
        brokerUp.set(false);
        Submission one = pass("one");
        assertThat(noted).containsExactly(one);
    }

    @Test
    void without_both_the_answer_is_at_once_that_nothing_takes_it() {
        ledgerUp.set(false);
        brokerUp.set(false);
        assertThat(pass("none").answer()).isCompletedWithValue(UNAVAILABLE);
    }

    @Test
    void what_the_broker_does_not_confirm_is_not_accepted() {
        Submission refused = pass("refused");
        confirms.getFirst().completeExceptionally(new PublishFailed("returned"));
        assertThat(refused.answer()).isCompletedWithValue(UNAVAILABLE);
    }

    private void open() throws InterruptedException {
        gate.hold();
        assertThat(gate.open(gate.awaitAllSent())).isTrue();
    }

    private Submission pass(String id) {
        Submission submission = submission(id);
        gate.pass(submission);
        return submission;
    }

    private static Submission submission(String id) {
        return Submission.of(pedido(id), true);
    }

    private CompletableFuture<Void> publish(OutboundMessage message) {
        published.add(message);
        CompletableFuture<Void> confirm = new CompletableFuture<>();
        confirms.add(confirm);
        publishing.release();
        return confirm;
    }
}
