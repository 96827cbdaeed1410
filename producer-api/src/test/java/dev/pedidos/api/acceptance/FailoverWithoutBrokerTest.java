package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker is down, or its queue confirms nothing. */
@Timeout(30)
class FailoverWithoutBrokerTest extends FailoverTestBase {

    @Test
    void withoutTheBrokerNewPedidosAreInsertedAlthoughItIsFailedOver() {
        broker.goDown();
        Submission one = accept("one");
        assertThat(waiting()).containsExactly(one);
    }

    @Test
    void whileOnlyItsConnectionMayBeDownNewPedidosWaitForTheBroker() {
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
    void pedidosThatWaitForTheBrokerAreInsertedIfItsOutageGoesOn() {
        interruptBroker();
        Submission one = accept("one");
        outlastAnInterruption();
        failover.waitWatch().endLongHold();
        Submission next = accept("next");
        assertThat(waiting()).containsExactlyInAnyOrder(one, next);
    }

    @Test
    void pedidosThatWaitForTheBrokerAtTheStopAreInserted() throws InterruptedException {
        interruptBroker();
        Submission one = accept("one");
        failover.close();
        assertThat(waiting()).containsExactly(one);
    }

    @Test
    void withoutBothTheAnswerIs503AtOnce() {
        ledgerUp.set(false);
        broker.goDown();
        assertThat(accept("none").clientAnswer()).isCompletedWithValue(new Acceptance.BothStoresDown());
    }

    @Test
    void aPedidoThatTheBrokerDoesNotConfirmIsNotAccepted() {
        Submission refused = accept("refused");
        broker.refuse(0);
        assertThat(refused.clientAnswer())
                .as("others may be confirmed, and be inserted after this one")
                .isCompletedWithValue(UNAVAILABLE);
    }

    @Test
    void whileTheQueueConfirmsNothingPedidosAreInsertedIfTheLedgerIsUp() {
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
    void withoutTheLedgerAQueueThatConfirmsNothingTakesNothingUntilItConfirmsOrWasNotAskedForLong() {
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
    void aPedidoThatIsLateWhileOthersAreConfirmedIsNotInserted() {
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
    void withoutTheBrokerAPedidoThatWaitsTooLongIsAnswered503() throws Exception {
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
