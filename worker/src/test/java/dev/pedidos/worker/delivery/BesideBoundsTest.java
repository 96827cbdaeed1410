package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many pedidos wait at once beside their shard: permits, lanes, suspects, memory. */
@Timeout(30)
class BesideBoundsTest {

    private final WaitingShard parts = new WaitingShard();
    private final WaitingHandler waiting = parts.waiting;
    private final InMemoryWorker worker = parts.worker;

    @AfterEach
    void close() {
        parts.close();
    }

    /** So a receiver with many pedidos takes neither memory nor prefetch from the others. */
    @Test
    void threeWaitInTheLaneOfAReceiverAndFurtherOnesAreParked() throws Exception {
        var work = parts.work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        List<String> ids = List.of("p-0", "p-1", "p-2", "p-3", "p-4", "p-5");
        for (String id : ids) {
            deliveries.add(parts.handle(work, worker.accept(WaitingHandler.TIPO, id, "r")));
            waiting.awaitPrepared("p-0");
        }
        for (var waitsInLane : deliveries.subList(0, 4)) {
            assertThat(waitsInLane.settled()).isEmpty();
        }
        for (var further : deliveries.subList(4, 6)) {
            assertThat(further.settled()).as("parked").containsExactly("ack");
        }
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(worker.ledger.effects()).containsExactlyElementsOf(ids);
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void asManyWaitAtOnceAsThereArePermits() throws Exception {
        var work = parts.work(3);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deliveries.add(parts.handle(work, worker.accept(WaitingHandler.TIPO, "p-" + i, "r-" + i)));
        }
        Awaitility.await().until(() -> waiting.mostAtOnce.get() == 3);
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(waiting.mostAtOnce.get()).isEqualTo(3);
    }

    @Test
    void ofSuspectPedidosOneIsTriedAtATime() throws Exception {
        var work = parts.work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            deliveries.add(MemoryDelivery.of(worker.accept(WaitingHandler.TIPO, "p-" + i, "r-" + i))
                    .again());
        }
        for (var delivery : deliveries) {
            work.handle(delivery, parts.shard);
        }
        var other = parts.handle(work, worker.accept(WaitingHandler.TIPO, "no-suspect", "r-9"));
        waiting.awaitPrepared("no-suspect");
        assertThat(deliveries.stream()
                        .filter(each -> worker.ledger
                                .row("p-" + deliveries.indexOf(each))
                                .begun()
                                .isPresent()))
                .as("open marks, which would count as failed attempts if the worker ended now")
                .hasSizeLessThanOrEqualTo(1);
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        ShardParts.awaitAcknowledged(other);
        assertThat(waiting.mostAtOnce.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aSuspectOfTheShardItselfWaitsForTheOneBesideIt() throws Exception {
        var work = parts.work(8);
        var beside = MemoryDelivery.of(worker.accept(WaitingHandler.TIPO, "beside", "r-1"))
                .again();
        work.handle(beside, parts.shard);
        waiting.awaitPrepared("beside");
        var ordinary = MemoryDelivery.of(worker.accept("ordinary", "r-2")).again();
        work.handle(ordinary, parts.shard);
        assertThat(parts.handle(work, worker.accept("other", "r-3")).settled())
                .as("the shard goes on")
                .containsExactly("ack");
        assertThat(ordinary.settled()).isEmpty();
        assertThat(worker.ledger.row("ordinary").begun()).isEmpty();
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(beside, ordinary);
        assertThat(worker.ledger.effects()).containsExactlyInAnyOrder("other", "beside", "ordinary");
    }

    @Test
    void pedidosThatAreLargeInMemoryWaitForEachOther() throws Exception {
        var work = parts.work(8);
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (String receiver : List.of("r-1", "r-2", "r-3")) {
            deliveries.add(parts.handle(work, worker.acceptLarge(WaitingHandler.TIPO, "p-of-" + receiver, receiver)));
        }
        Awaitility.await().until(() -> waiting.prepared.size() == 1);
        waiting.goOn.countDown();
        ShardParts.awaitAcknowledged(deliveries.toArray(MemoryDelivery[]::new));
        assertThat(waiting.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void aLargeParkedHeadIsTriedBesideTheShardOnceThereIsMemory() throws Exception {
        var work = parts.work(8);
        var head = worker.accept("head", "r");
        ShardParts.awaitAcknowledged(parts.handle(work, worker.acceptLarge("parked", "r")));
        var elsewhere = worker.memory.takeIfFree(1);
        var delivery = parts.handle(work, head);
        assertThat(worker.ledger.effects()).containsExactly("head");
        assertThat(delivery.settled()).isEmpty();
        elsewhere.orElseThrow().close();
        ShardParts.awaitAcknowledged(delivery);
        assertThat(worker.ledger.effects()).containsExactly("head", "parked");
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
}
