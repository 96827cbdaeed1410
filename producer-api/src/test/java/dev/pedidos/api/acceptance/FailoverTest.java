package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.OutboundMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailoverTest extends FailoverTestBase {

    @Test
    void atFirstTheBrokerKeepsNewPedidosAndThoseThatItConfirmsAreAccepted() {
        Submission first = accept("first");
        assertThat(first.clientAnswer()).isNotDone();
        assertThat(broker.published().getFirst().routingKey()).isEqualTo(FakeBroker.NAMES.openQueue());
        assertThat(broker.published().getFirst().headers()).containsKey(OutboundMessage.ACEITO_EM);
        broker.confirm(0);
        assertThat(first.clientAnswer()).isCompletedWithValue(ACCEPTED);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void timesOfAcceptanceGrow() {
        accept("one");
        accept("two");
        assertThat(broker.published())
                .extracting(message -> (Long) message.headers().get(OutboundMessage.ACEITO_EM))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void itFailsBackWhenTheQueueWasSeenEmptyAndNothingWasSentThereMeanwhile() throws Exception {
        failover.hold();
        Submission held = accept("held");
        assertThat(broker.published()).isEmpty();
        assertThat(failover.failBack(allSent())).isTrue();
        Submission next = accept("next");
        assertThat(waiting()).containsExactlyInAnyOrder(held, next);
    }

    @Test
    void aFailedInsertDuringTheLookAtTheQueueKeepsItFailedOver() throws Exception {
        failBack();
        Submission late = accept("late");
        failOverAgain();
        failover.hold();
        OpenQueueTraffic sent = allSent();
        nanos.addAndGet(WaitWatch.FALLBACK_AFTER.plusSeconds(1).toNanos());
        failover.waitWatch().endLongWaits();
        broker.confirm(1);
        assertThat(late.clientAnswer()).isCompletedWithValue(ACCEPTED);
        assertThat(failover.failBack(sent)).isFalse();
        assertThat(failover.isNormal()).isFalse();
    }

    private void failOverAgain() {
        ledgerUp.set(false);
        accept("by the broker");
        broker.confirm(0);
        ledgerUp.set(true);
    }

    @Test
    void pedidosThatAreUnderWayToTheQueueAreWaitedFor() throws Exception {
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
    void noPedidoIsHeldForLong() throws Exception {
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
    void aReleaseSendsHeldPedidosByTheBrokerAndWithoutItByTheLedger() {
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
    void aDatabaseThatWasSeenDownFailsOverUntilTheIntakeFailsBack() throws Exception {
        failBack();
        ledgerUp.set(false);
        accept("down");
        ledgerUp.set(true);
        accept("up again");
        assertThat(broker.published()).hasSize(2);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aPedidoThatWaitsTooLongForItsInsertGoesByTheBroker() throws Exception {
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
}
