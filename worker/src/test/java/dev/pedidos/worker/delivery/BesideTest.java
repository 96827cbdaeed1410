package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pedidos whose handler waits, beside the work of their shard. */
@Timeout(30)
class BesideTest {

    private final WaitingHandler waiting = new WaitingHandler();
    private final Bench bench = new Bench(List.of(waiting));
    private final ShardBench parts = new ShardBench(bench);
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00");

    @BeforeEach
    void effects() {
        waiting.ledger = bench.ledger;
    }

    @AfterEach
    void close() {
        waiting.goOn.countDown();
        parts.close();
    }

    @Test
    void aPedidoThatWaitsDoesNotHoldUpTheOtherReceiversOfItsShard() throws Exception {
        var work = work(8);
        var slow = handle(work, bench.accept(WaitingHandler.TIPO, "slow", "r-1"));
        var alsoSlow = handle(work, bench.accept(WaitingHandler.TIPO, "also-slow", "r-2"));
        waiting.awaitPrepared("slow", "also-slow");
        var quick = handle(work, bench.accept("quick", "r-3"));
        assertThat(quick.settled()).containsExactly("ack");
        assertThat(bench.ledger.effects()).containsExactly("quick");
        assertThat(slow.settled()).isEmpty();
        waiting.goOn.countDown();
        awaitAcknowledged(slow, alsoSlow);
        assertThat(bench.ledger.effects()).containsExactlyInAnyOrder("quick", "slow", "also-slow");
    }

    @Test
    void thePedidosOfOneReceiverAreTriedOneAtATimeInTheirOrder() throws Exception {
        var work = work(8);
        var first = handle(work, bench.accept(WaitingHandler.TIPO, "first", "r"));
        waiting.awaitPrepared("first");
        var second = handle(work, bench.accept(WaitingHandler.TIPO, "second", "r"));
        var third = handle(work, bench.accept("third", "r"));
        var fourth = handle(work, bench.accept(WaitingHandler.TIPO, "fourth", "r"));
        assertThat(waiting.prepared).containsExactly("first");
        waiting.goOn.countDown();
        awaitAcknowledged(first, second, third, fourth);
        assertThat(bench.ledger.effects()).containsExactly("first", "second", "third", "fourth");
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    /** So a receiver with many pedidos takes neither memory nor prefetch from the others. */
    @Test
    void threeWaitInTheLaneOfAReceiverAndFurtherOnesAreParked() throws Exception {
        var work = work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        List<String> ids = List.of("p-0", "p-1", "p-2", "p-3", "p-4", "p-5");
        for (String id : ids) {
            deliveries.add(handle(work, bench.accept(WaitingHandler.TIPO, id, "r")));
            waiting.awaitPrepared("p-0");
        }
        for (var waitsInLane : deliveries.subList(0, 4)) {
            assertThat(waitsInLane.settled()).isEmpty();
        }
        for (var further : deliveries.subList(4, 6)) {
            assertThat(further.settled()).as("parked").containsExactly("ack");
        }
        waiting.goOn.countDown();
        awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(bench.ledger.effects()).containsExactlyElementsOf(ids);
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void aCopyOfThePedidoInHandIsNotPreparedBesideIt() throws Exception {
        var work = work(8);
        var pedido = bench.accept(WaitingHandler.TIPO, "p", "r");
        var delivery = handle(work, pedido);
        waiting.awaitPrepared("p");
        var copy = MemoryDelivery.of(pedido).again();
        work.handle(copy, shard);
        assertThat(copy.settled()).isEmpty();
        waiting.goOn.countDown();
        awaitAcknowledged(delivery, copy);
        assertThat(waiting.prepared).containsExactly("p");
        assertThat(bench.ledger.effects()).containsExactly("p");
    }

    @Test
    void aParkedHeadThatWaitsIsTriedBesideTheShardToo() throws Exception {
        var work = work(8);
        var head = bench.accept("head", "r");
        var parked = handle(work, bench.accept(WaitingHandler.TIPO, "parked", "r"));
        awaitAcknowledged(parked);
        var delivery = handle(work, head);
        waiting.awaitPrepared("parked");
        assertThat(bench.ledger.effects()).containsExactly("head");
        assertThat(handle(work, bench.accept("other", "r-2")).settled()).containsExactly("ack");
        assertThat(delivery.settled())
                .as("acknowledged after what is parked behind it")
                .isEmpty();
        waiting.goOn.countDown();
        awaitAcknowledged(delivery);
        assertThat(bench.ledger.effects()).containsExactly("head", "other", "parked");
    }

    @Test
    void whoeverLeavesAShardEndsWhatHasBegunAndNothingElse() throws Exception {
        var work = work(1);
        var begun = handle(work, bench.accept(WaitingHandler.TIPO, "begun", "r-1"));
        waiting.awaitPrepared("begun");
        var notBegun = handle(work, bench.accept(WaitingHandler.TIPO, "not-begun", "r-2"));
        var leaving = Thread.ofPlatform().start(() -> finish(shard));
        Awaitility.await().until(() -> leaving.getState() == Thread.State.WAITING);
        assertThat(begun.settled()).isEmpty();
        waiting.goOn.countDown();
        leaving.join();
        assertThat(begun.settled()).containsExactly("ack");
        assertThat(notBegun.settled()).as("goes back to its queue").isEmpty();
        assertThat(waiting.prepared).containsExactly("begun");
    }

    @Test
    void asManyWaitAtOnceAsThereArePermits() throws Exception {
        var work = work(3);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deliveries.add(handle(work, bench.accept(WaitingHandler.TIPO, "p-" + i, "r-" + i)));
        }
        Awaitility.await().until(() -> waiting.mostAtOnce.get() == 3);
        waiting.goOn.countDown();
        awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(waiting.mostAtOnce.get()).isEqualTo(3);
    }

    @Test
    void ofSuspectPedidosOneIsTriedAtATime() throws Exception {
        var work = work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            deliveries.add(MemoryDelivery.of(bench.accept(WaitingHandler.TIPO, "p-" + i, "r-" + i))
                    .again());
        }
        for (var delivery : deliveries) {
            work.handle(delivery, shard);
        }
        var other = handle(work, bench.accept(WaitingHandler.TIPO, "no-suspect", "r-9"));
        waiting.awaitPrepared("no-suspect");
        assertThat(deliveries.stream()
                        .filter(each -> bench.ledger
                                .row("p-" + deliveries.indexOf(each))
                                .begun()
                                .isPresent()))
                .as("open marks, which would count as failed attempts if the worker ended now")
                .hasSizeLessThanOrEqualTo(1);
        waiting.goOn.countDown();
        awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        awaitAcknowledged(other);
        assertThat(waiting.mostAtOnce.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aSuspectOfTheShardItselfWaitsForTheOneBesideIt() throws Exception {
        var work = work(8);
        var beside = MemoryDelivery.of(bench.accept(WaitingHandler.TIPO, "beside", "r-1"))
                .again();
        work.handle(beside, shard);
        waiting.awaitPrepared("beside");
        var ordinary = MemoryDelivery.of(bench.accept("ordinary", "r-2")).again();
        work.handle(ordinary, shard);
        assertThat(handle(work, bench.accept("other", "r-3")).settled())
                .as("the shard goes on")
                .containsExactly("ack");
        assertThat(ordinary.settled()).isEmpty();
        assertThat(bench.ledger.row("ordinary").begun()).isEmpty();
        waiting.goOn.countDown();
        awaitAcknowledged(beside, ordinary);
        assertThat(bench.ledger.effects()).containsExactlyInAnyOrder("other", "beside", "ordinary");
    }

    @Test
    void aLockThatTheLaneHoldsForLongIsNoBusyReceiver() throws Exception {
        var work = work(8);
        var first = handle(work, bench.accept(WaitingHandler.TIPO, "first", "r"));
        waiting.awaitPrepared("first");
        List<MemoryDelivery> deliveries = new ArrayList<>(List.of(first));
        List<String> ids = List.of("p-1", "p-2", "p-3", "looked-at", "not-looked-at");
        bench.ledger.lockElsewhere("r");
        for (String id : ids) {
            deliveries.add(handle(work, bench.accept(WaitingHandler.TIPO, id, "r")));
        }
        for (var delivery : deliveries) {
            assertThat(delivery.settled()).as("follows in the lane").isEmpty();
        }
        assertThat(bench.broker.published()).as("set aside").isEmpty();
        bench.ledger.unlock("r");
        waiting.goOn.countDown();
        awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(bench.ledger.effects()).containsExactly("first", "p-1", "p-2", "p-3", "looked-at", "not-looked-at");
    }

    @Test
    void pedidosThatAreLargeInMemoryWaitForEachOther() throws Exception {
        var work = work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (String receiver : List.of("r-1", "r-2", "r-3")) {
            deliveries.add(handle(work, bench.acceptLarge(WaitingHandler.TIPO, "p-of-" + receiver, receiver)));
        }
        Awaitility.await().until(() -> waiting.prepared.size() == 1);
        waiting.goOn.countDown();
        awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void aLargeParkedHeadIsTriedBesideTheShardOnceThereIsMemory() throws Exception {
        var work = work(8);
        var head = bench.accept("head", "r");
        awaitAcknowledged(handle(work, bench.acceptLarge("parked", "r")));
        var elsewhere = bench.memory.takeIfFree(1);
        var delivery = handle(work, head);
        assertThat(bench.ledger.effects()).containsExactly("head");
        assertThat(delivery.settled()).isEmpty();
        elsewhere.orElseThrow().close();
        awaitAcknowledged(delivery);
        assertThat(bench.ledger.effects()).containsExactly("head", "parked");
    }

    @Test
    void aDeliveryWhoseWorkFailsBesideTheShardGoesBack() throws Exception {
        waiting.failing = true;
        bench.broker.refuse();
        var delivery = handle(work(8), bench.accept(WaitingHandler.TIPO, "p", "r"));
        waiting.goOn.countDown();
        Awaitility.await().until(() -> delivery.settled().equals(List.of("abandon")));
        assertThat(bench.ledger.row("p").published()).isFalse();
    }

    @Test
    void aParkedHeadThatWaitsAndWhoseContentIsDamagedIsGivenUpAndItsReceiverGoesOn() throws Exception {
        var work = work(8);
        var head = bench.accept("head", "r");
        awaitAcknowledged(handle(work, bench.accept(WaitingHandler.TIPO, "damaged", "r")));
        awaitAcknowledged(handle(work, bench.accept("after", "r")));
        bench.ledger.damage("damaged");
        awaitAcknowledged(handle(work, head));
        assertThat(bench.ledger.row("damaged").status()).isEqualTo(PedidoStatus.DEAD_LETTERED);
        assertThat(bench.ledger.effects()).containsExactly("head", "after");
        assertThat(waiting.prepared).isEmpty();
    }

    @Test
    void oneDependencyLeavesPermitsToTheOthers() throws Exception {
        var permits = new HandlerPermits(4);
        for (int i = 0; i < 3; i++) {
            permits.take(Set.of("slow"));
        }
        var fourth = Thread.ofPlatform().daemon().start(() -> takeQuietly(permits));
        Awaitility.await().until(() -> fourth.getState() == Thread.State.WAITING);
        try (var other = permits.take(Set.of("erp"))) {
            assertThat(permits.taken()).isEqualTo(4);
        }
        fourth.interrupt();
        fourth.join();
        assertThat(permits.taken()).isEqualTo(3);
    }

    private static void takeQuietly(HandlerPermits permits) {
        try {
            permits.take(Set.of("slow"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ShardWork work(int permits) {
        return parts.work(parts.lanes(permits));
    }

    private MemoryDelivery handle(ShardWork work, Pedido pedido) throws Exception {
        var delivery = MemoryDelivery.of(pedido);
        work.handle(delivery, shard);
        return delivery;
    }

    private static void awaitAcknowledged(MemoryDelivery... deliveries) {
        for (var delivery : deliveries) {
            Awaitility.await().until(() -> delivery.settled().equals(List.of("ack")));
        }
    }

    private static void finish(ShardConsumer shard) {
        try {
            shard.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
