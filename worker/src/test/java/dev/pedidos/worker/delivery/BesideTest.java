package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pedidos whose handler waits, beside the work of their shard. */
@Timeout(30)
class BesideTest {

    private static final Failure FAILURE = new Failure("Broken", "as told");

    private final WaitingShard parts = new WaitingShard();
    private final WaitingHandler waiting = parts.waiting;
    private final InMemoryWorker worker = parts.worker;

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aPedidoThatWaitsDoesNotHoldUpTheOtherReceiversOfItsShard() throws Exception {
        var work = parts.work(8);
        var slow = parts.handle(work, worker.accept(WaitingHandler.TIPO, "slow", "r-1"));
        var alsoSlow = parts.handle(work, worker.accept(WaitingHandler.TIPO, "also-slow", "r-2"));
        waiting.awaitPrepared("slow", "also-slow");
        var quick = parts.handle(work, worker.accept("quick", "r-3"));
        assertThat(quick.settled()).containsExactly("ack");
        assertThat(worker.ledger.effects()).containsExactly("quick");
        assertThat(slow.settled()).isEmpty();
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(slow, alsoSlow);
        assertThat(worker.ledger.effects()).containsExactlyInAnyOrder("quick", "slow", "also-slow");
    }

    @Test
    void thePedidosOfOneReceiverAreTriedOneAtATimeInTheirOrder() throws Exception {
        var work = parts.work(8);
        var first = parts.handle(work, worker.accept(WaitingHandler.TIPO, "first", "r"));
        waiting.awaitPrepared("first");
        var second = parts.handle(work, worker.accept(WaitingHandler.TIPO, "second", "r"));
        var third = parts.handle(work, worker.accept("third", "r"));
        var fourth = parts.handle(work, worker.accept(WaitingHandler.TIPO, "fourth", "r"));
        assertThat(waiting.prepared).containsExactly("first");
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(first, second, third, fourth);
        assertThat(worker.ledger.effects()).containsExactly("first", "second", "third", "fourth");
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void aCopyOfThePedidoInHandIsNotPreparedBesideIt() throws Exception {
        var work = parts.work(8);
        var pedido = worker.accept(WaitingHandler.TIPO, "p", "r");
        var delivery = parts.handle(work, pedido);
        waiting.awaitPrepared("p");
        var copy = MemoryDelivery.of(pedido).again();
        work.handle(copy, parts.shard);
        assertThat(copy.settled()).isEmpty();
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(delivery, copy);
        assertThat(waiting.prepared).containsExactly("p");
        assertThat(worker.ledger.effects()).containsExactly("p");
    }

    @Test
    void aParkedHeadThatWaitsIsTriedBesideTheShardToo() throws Exception {
        var work = parts.work(8);
        var head = worker.accept("head", "r");
        var parked = parts.handle(work, worker.accept(WaitingHandler.TIPO, "parked", "r"));
        ShardParts.awaitAcknowledged(parked);
        var delivery = parts.handle(work, head);
        waiting.awaitPrepared("parked");
        assertThat(worker.ledger.effects()).containsExactly("head");
        assertThat(parts.handle(work, worker.accept("other", "r-2")).settled()).containsExactly("ack");
        assertThat(delivery.settled())
                .as("acknowledged after what is parked behind it")
                .isEmpty();
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(delivery);
        assertThat(worker.ledger.effects()).containsExactly("head", "other", "parked");
    }

    @Test
    void whoeverLeavesAShardEndsWhatHasBegunAndNothingElse() throws Exception {
        var work = parts.work(1);
        var begun = parts.handle(work, worker.accept(WaitingHandler.TIPO, "begun", "r-1"));
        waiting.awaitPrepared("begun");
        var notBegun = parts.handle(work, worker.accept(WaitingHandler.TIPO, "not-begun", "r-2"));
        var leaving = Thread.ofPlatform().start(() -> finish(parts.shard));
        Awaitility.await().until(() -> leaving.getState() == Thread.State.WAITING);
        assertThat(parts.shard.beginNoMore()).as("the others may go back").containsExactly(begun);
        assertThat(begun.settled()).isEmpty();
        waiting.goOn.countDown();
        leaving.join();
        assertThat(begun.settled()).containsExactly("ack");
        assertThat(notBegun.settled()).as("goes back to its queue").isEmpty();
        assertThat(waiting.prepared).containsExactly("begun");
    }

    @Test
    void whatFindsAFullLaneThatHoldsTheLockIsSetAside() throws Exception {
        var work = parts.work(8);
        var first = parts.handle(work, worker.accept(WaitingHandler.TIPO, "first", "r"));
        waiting.awaitPrepared("first");
        List<MemoryDelivery> inLane = new ArrayList<>(List.of(first));
        worker.ledger.locks.lockElsewhere("r");
        for (String id : List.of("p-1", "p-2", "p-3")) {
            inLane.add(parts.handle(work, worker.accept(WaitingHandler.TIPO, id, "r")));
        }
        for (String id : List.of("looked-at", "not-looked-at")) {
            var aside = parts.handle(work, worker.accept(WaitingHandler.TIPO, id, "r"));
            assertThat(aside.settled()).containsExactly("ack");
            assertThat(worker.broker.last().messageId()).isEqualTo(id);
        }
        for (var delivery : inLane) {
            assertThat(delivery.settled()).as("follows in the lane").isEmpty();
        }
        worker.ledger.locks.unlock("r");
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(inLane.toArray(MemoryDelivery[]::new));
        assertThat(worker.ledger.effects()).containsExactly("first", "p-1", "p-2", "p-3");
    }

    /** Each is the head of its own line: none is parked. */
    @Test
    void unorderedPedidosOfOneReceiverLeaveRoomForTheOthersOfTheirShard() throws Exception {
        var work = parts.work(8);
        List<MemoryDelivery> inLane = new ArrayList<>();
        for (String id : List.of("u-1", "u-2", "u-3", "u-4")) {
            inLane.add(parts.handle(work, unordered(id)));
            waiting.awaitPrepared("u-1");
        }
        for (String id : List.of("u-5", "u-6")) {
            assertThat(parts.handle(work, unordered(id)).settled())
                    .as("set aside")
                    .containsExactly("ack");
            assertThat(worker.broker.last().messageId()).isEqualTo(id);
        }
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(inLane.toArray(MemoryDelivery[]::new));
        assertThat(worker.ledger.effects()).containsExactly("u-1", "u-2", "u-3", "u-4");
        assertThat(worker.ledger.row("u-5").status()).isEqualTo(PedidoStatus.PENDING);
    }

    private Pedido unordered(String pedidoId) {
        var pedido = worker.accept(WaitingHandler.TIPO, pedidoId, "r");
        worker.ledger.takeOutOfLine(pedidoId);
        return pedido;
    }

    @Test
    void aDeliveryWhoseWorkFailsBesideTheShardGoesBack() throws Exception {
        waiting.failing = true;
        worker.broker.refuse();
        var delivery = parts.handle(parts.work(8), worker.accept(WaitingHandler.TIPO, "p", "r"));
        waiting.goOn.countDown();
        Awaitility.await().until(() -> delivery.settled().equals(List.of("abandon")));
        assertThat(worker.ledger.row("p").published()).isFalse();
    }

    @Test
    void aParkedHeadThatWaitsAndWhoseContentIsDamagedIsGivenUpAndItsReceiverGoesOn() throws Exception {
        var work = parts.work(8);
        var head = worker.accept("head", "r");
        ShardParts.awaitAcknowledged(parts.handle(work, worker.accept(WaitingHandler.TIPO, "damaged", "r")));
        ShardParts.awaitAcknowledged(parts.handle(work, worker.accept("after", "r")));
        worker.ledger.damage("damaged");
        ShardParts.awaitAcknowledged(parts.handle(work, head));
        assertThat(worker.ledger.row("damaged").status()).isEqualTo(PedidoStatus.DEAD_LETTERED);
        assertThat(worker.ledger.effects()).containsExactly("head", "after");
        assertThat(waiting.prepared).isEmpty();
    }

    @Test
    void retriesOfSeveralReceiversWaitAtTheSameTime() throws Exception {
        var work = parts.work(8);
        for (int i = 0; i < 3; i++) {
            var pedido = worker.accept(WaitingHandler.TIPO, "p-" + i, "r-" + i);
            try (var turn = worker.ledger.entered("r-" + i, "p-" + i)) {
                turn.retry(new Version("p-" + i, 0, 0, 0), AttemptUse.ONE_FAILED, Duration.ZERO, FAILURE);
            }
            work.handle(
                    MemoryDelivery.of(pedido, Map.of(OutboundMessage.AGENDAMENTO, 1, OutboundMessage.TENTATIVA, 1)),
                    parts.shard);
        }
        waiting.awaitPrepared("p-0", "p-1", "p-2");
        waiting.goOn.countDown();
        Awaitility.await().until(() -> worker.ledger.effects().size() == 3);
    }

    private static void finish(ShardConsumer shard) {
        try {
            shard.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
