package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writers of the way by the ledger do not run here: what waits for its insert stays where it is. */
@Timeout(30)
class FailoverTest {
    private static final Topology NAMES = Topology.withoutShards("", new RetryLadder(List.of(Duration.ofSeconds(1))));
    private static final Acceptance ACCEPTED = new Acceptance.Accepted();
    private static final Acceptance UNAVAILABLE = new Acceptance.Unavailable();

    private final AtomicBoolean ledgerUp = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong(System.nanoTime());
    private final FakeBroker broker = new FakeBroker();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final LedgerPath ledger =
            new LedgerPath(new BatchInsert(new FakePedidoStore(), inserted -> List.of(), metrics), metrics, 2_000);
    private final Failover failover = new Failover(
            ledgerUp::get,
            broker::isUp,
            ledger,
            new BrokerPath(
                    broker::publish, new Messages(NAMES), new AcceptanceClock(System::nanoTime, () -> 1), metrics),
            metrics,
            nanos::get);

    @AfterEach
    void stop() throws InterruptedException {
        failover.close();
    }

    @Test
    void at_first_the_broker_keeps_new_pedidos_and_those_that_it_confirms_are_accepted() {
        Submission first = accept("first");
        assertThat(first.clientAnswer()).isNotDone();
        assertThat(broker.published().getFirst().routingKey()).isEqualTo(NAMES.openQueue());
        assertThat(broker.published().getFirst().headers()).containsKey(OutboundMessage.ACEITO_EM);
        broker.confirm(0);
        assertThat(first.clientAnswer()).isCompletedWithValue(ACCEPTED);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void times_of_acceptance_grow() {
        accept("one");
        accept("two");
        assertThat(broker.published())
                .extracting(message -> (Long) message.headers().get(OutboundMessage.ACEITO_EM))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void it_fails_back_when_the_queue_was_seen_empty_and_nothing_was_sent_there_meanwhile() throws Exception {
        failover.hold();
        Submission held = accept("held");
        assertThat(broker.published()).isEmpty();
        assertThat(failover.failBack(allSent())).isTrue();
        Submission next = accept("next");
        assertThat(waiting()).containsExactlyInAnyOrder(held, next);
    }

    @Test
    void one_that_could_not_be_inserted_while_the_queue_was_looked_at_keeps_it_failed_over() throws Exception {
        failBack();
        Submission late = accept("late");
        ledgerUp.set(false);
        accept("seen");
        broker.confirm(0);
        ledgerUp.set(true);
        failover.hold();
        OpenQueueTraffic sent = allSent();
        nanos.addAndGet(WaitWatch.FALLBACK_AFTER.plusSeconds(1).toNanos());
        failover.waitWatch().endLongWaits();
        broker.confirm(1);
        assertThat(late.clientAnswer()).isCompletedWithValue(ACCEPTED);
        assertThat(failover.failBack(sent)).isFalse();
        assertThat(failover.isNormal()).isFalse();
    }

    @Test
    void pedidos_that_are_under_way_to_the_queue_are_waited_for() throws Exception {
        accept("under-way");
        failover.hold();
        CompletableFuture<Optional<OpenQueueTraffic>> allSent = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return failover.awaitAllSent();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        assertThat(allSent).isNotDone();
        broker.confirm(0);
        assertThat(allSent.get(10, TimeUnit.SECONDS)).contains(new OpenQueueTraffic(1, 0));
    }

    @Test
    void no_pedido_is_held_for_long() throws Exception {
        failover.hold();
        Submission held = accept("held");
        assertThat(broker.published()).isEmpty();
        nanos.addAndGet(Failover.LONGEST_HOLD.plusMillis(1).toNanos());
        failover.start();
        awaitPublished(1);
        broker.confirm(0);
        assertThat(held.clientAnswer().get(10, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
        assertThat(failover.awaitAllSent()).isEmpty();
    }

    @Test
    void a_release_sends_held_pedidos_by_the_broker_and_without_it_by_the_ledger() {
        failover.hold();
        accept("held");
        failover.release();
        assertThat(broker.publishedIds()).containsExactly("held");
        failover.hold();
        Submission second = accept("second");
        broker.goDown();
        failover.release();
        assertThat(waiting()).containsExactly(second);
    }

    @Test
    void a_database_that_was_seen_down_fails_over_until_the_intake_fails_back() throws Exception {
        failBack();
        ledgerUp.set(false);
        accept("down");
        ledgerUp.set(true);
        accept("up again");
        assertThat(broker.published()).hasSize(2);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void without_the_broker_new_pedidos_are_inserted_although_it_is_failed_over() {
        broker.goDown();
        Submission one = accept("one");
        assertThat(waiting()).containsExactly(one);
    }

    @Test
    void while_only_its_connection_may_be_down_new_pedidos_wait_for_the_broker() {
        interrupt();
        Submission one = accept("one");
        assertThat(waiting())
                .as("it could overtake what lies in the open queue")
                .isEmpty();
        broker.comeUp();
        failover.waitWatch().endLongHold();
        assertThat(broker.publishedIds()).containsExactly("one");
        assertThat(one.clientAnswer()).isNotDone();
    }

    @Test
    void pedidos_that_wait_for_the_broker_are_inserted_if_its_outage_goes_on() {
        interrupt();
        Submission one = accept("one");
        nanos.addAndGet(BrokerOutage.LONGEST_INTERRUPTION.plusMillis(1).toNanos());
        failover.waitWatch().endLongHold();
        Submission next = accept("next");
        assertThat(waiting()).containsExactlyInAnyOrder(one, next);
    }

    @Test
    void pedidos_that_wait_for_the_broker_at_the_stop_are_inserted() throws InterruptedException {
        interrupt();
        Submission one = accept("one");
        failover.close();
        assertThat(waiting()).containsExactly(one);
    }

    /** The broker was up for a while. */
    private void interrupt() {
        failover.waitWatch().endLongHold();
        nanos.addAndGet(BrokerOutage.LONGEST_INTERRUPTION.plusMillis(1).toNanos());
        broker.goDown();
    }

    @Test
    void without_both_the_answer_is_503_at_once() {
        ledgerUp.set(false);
        broker.goDown();
        assertThat(accept("none").clientAnswer()).isCompletedWithValue(new Acceptance.BothStoresDown());
    }

    @Test
    void a_pedido_that_the_broker_does_not_confirm_is_not_accepted() {
        Submission refused = accept("refused");
        broker.refuse(0);
        assertThat(refused.clientAnswer())
                .as("others may be confirmed, and be inserted after this one")
                .isCompletedWithValue(UNAVAILABLE);
    }

    @Test
    void while_the_queue_confirms_nothing_pedidos_are_inserted_if_the_ledger_is_up() {
        Submission refused = accept("refused");
        nanos.addAndGet(StuckQueueDetector.PATIENCE.toNanos());
        broker.refuse(0);
        assertThat(waiting()).containsExactly(refused);
        failover.waitWatch().endLongWaits();
        assertThat(waiting()).as("it has no other way").containsExactly(refused);

        accept("confirmed");
        broker.confirm(1);
        Submission next = accept("next");
        broker.refuse(2);
        assertThat(next.clientAnswer()).isCompletedWithValue(UNAVAILABLE);
        assertThat(failover.isNormal()).as("others may lie in the open queue").isFalse();
    }

    @Test
    void without_the_ledger_a_queue_that_confirms_nothing_takes_nothing_until_it_confirms_or_was_not_asked_for_long() {
        ledgerUp.set(false);
        assertThat(failover.takesNothing()).isFalse();
        refuseWhileStuck(0);
        assertThat(failover.takesNothing()).isTrue();
        ledgerUp.set(true);
        assertThat(failover.takesNothing()).as("with the ledger").isFalse();
        ledgerUp.set(false);

        accept("confirmed");
        broker.confirm(1);
        assertThat(failover.takesNothing()).isFalse();

        refuseWhileStuck(2);
        nanos.addAndGet(StuckQueueDetector.STUCK_FOR.toNanos());
        assertThat(failover.takesNothing()).as("somebody has to try").isFalse();
        broker.goDown();
        assertThat(failover.takesNothing()).isTrue();
    }

    private void refuseWhileStuck(int index) {
        accept("refused-" + index);
        nanos.addAndGet(StuckQueueDetector.PATIENCE.toNanos());
        broker.refuse(index);
    }

    @Test
    void a_pedido_that_is_late_while_others_are_confirmed_is_not_inserted() {
        Submission late = accept("late");
        nanos.addAndGet(StuckQueueDetector.PATIENCE.toNanos() - 1);
        accept("confirmed");
        broker.confirm(1);
        nanos.addAndGet(1);
        broker.refuse(0);
        assertThat(late.clientAnswer())
                .as("it could overtake what lies in the queue")
                .isCompletedWithValue(UNAVAILABLE);
    }

    @Test
    void a_pedido_that_waits_too_long_for_its_insert_goes_by_the_broker() throws Exception {
        failBack();
        Submission slow = accept("slow");
        failover.waitWatch().endLongWaits();
        assertThat(broker.published()).as("it has not waited for long").isEmpty();
        nanos.addAndGet(WaitWatch.FALLBACK_AFTER.plusSeconds(1).toNanos());
        failover.waitWatch().endLongWaits();
        assertThat(broker.publishedIds()).containsExactly("slow");
        assertThat(failover.isNormal()).as("later ones must not overtake it").isFalse();
        broker.confirm(0);
        assertThat(slow.clientAnswer()).isCompletedWithValue(ACCEPTED);
        failover.waitWatch().endLongWaits();
        assertThat(broker.published()).as("it is sent once").hasSize(1);
    }

    @Test
    void without_the_broker_a_pedido_that_waits_too_long_is_answered_503() throws Exception {
        failBack();
        broker.goDown();
        Submission slow = accept("slow");
        nanos.addAndGet(WaitWatch.FALLBACK_AFTER.plusSeconds(1).toNanos());
        failover.waitWatch().endLongWaits();
        assertThat(slow.clientAnswer()).isNotDone();
        nanos.addAndGet(WaitWatch.PATIENCE.toNanos());
        failover.waitWatch().endLongWaits();
        assertThat(slow.clientAnswer()).isCompletedWithValue(UNAVAILABLE);
    }

    private void failBack() throws InterruptedException {
        failover.hold();
        assertThat(failover.failBack(allSent())).isTrue();
    }

    private OpenQueueTraffic allSent() throws InterruptedException {
        return failover.awaitAllSent().orElseThrow();
    }

    private List<Submission> waiting() {
        return ledger.notInserted(nanos.get() + 1).stream()
                .map(PendingInsert::submission)
                .toList();
    }

    private Submission accept(String id) {
        Submission submission = Submission.of(pedido(id), true, nanos.get());
        failover.accept(submission);
        return submission;
    }

    private void awaitPublished(int count) throws InterruptedException {
        while (broker.published().size() < count) {
            Thread.onSpinWait();
        }
    }
}
