package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker is down, or its queue confirms nothing. */
@Timeout(30)
class FailoverWithoutBrokerTest extends FailoverTestBase {

    @Test
    void without_the_broker_new_pedidos_are_inserted_although_it_is_failed_over() {
        broker.goDown();
        Submission one = accept("one");
        assertThat(waiting()).containsExactly(one);
    }

    @Test
    void while_only_its_connection_may_be_down_new_pedidos_wait_for_the_broker() {
        interruptBroker();
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
        interruptBroker();
        Submission one = accept("one");
        outlastAnInterruption();
        failover.waitWatch().endLongHold();
        Submission next = accept("next");
        assertThat(waiting()).containsExactlyInAnyOrder(one, next);
    }

    @Test
    void pedidos_that_wait_for_the_broker_at_the_stop_are_inserted() throws InterruptedException {
        interruptBroker();
        Submission one = accept("one");
        failover.close();
        assertThat(waiting()).containsExactly(one);
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
}
