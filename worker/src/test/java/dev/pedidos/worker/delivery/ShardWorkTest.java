package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A delivery from the shard to its acknowledgement, with ledger and broker in memory. */
@Timeout(30)
class ShardWorkTest {

    /** Deliveries are handed over by hand. */
    private static final Runnable NOTHING_TO_RESUME = () -> {};

    private static final String QUEUE = "pedidos_queue.00";

    private final InMemoryWorker worker = new InMemoryWorker();
    private final ShardConsumer shard = new ShardConsumer(QUEUE, worker.settlement);
    private final AtomicBoolean databaseUp = new AtomicBoolean(true);
    private final ShardParts parts = new ShardParts(worker, databaseUp::get);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aDeliveryIsAcknowledgedAfterItsEffectIsCommitted() throws Exception {
        var delivery = MemoryDelivery.of(worker.accept("p", "r"));
        worker.ledger.before(statement ->
                assertThat(delivery.settled()).as("before %s", statement).isEmpty());
        worker.handler.next("p", () -> {
            assertThat(parts.underWay.first(QUEUE)).contains("p");
            return new Outcome.Completed(null);
        });
        work.handle(delivery, shard);
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(worker.ledger.effects()).containsExactly("p");
        assertThat(parts.underWay.first(QUEUE)).isEmpty();
    }

    @Test
    void aParkedHeadIsInHandWhileItIsTried() throws Exception {
        var head = worker.accept("head", "r");
        work.handle(MemoryDelivery.of(worker.accept("parked", "r")), shard);
        worker.handler.next("parked", () -> {
            assertThat(parts.underWay.first(QUEUE)).contains("parked");
            return new Outcome.Completed(null);
        });
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(worker.ledger.effects()).containsExactly("head", "parked");
        assertThat(parts.underWay.first(QUEUE)).isEmpty();
    }

    @Test
    void messagesInAnyOrderAndMoreThanOnceHaveOneEffectEachInOrder() throws Exception {
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            deliveries.add(MemoryDelivery.of(worker.accept("p-" + i, "r")));
        }
        for (int i : new int[] {3, 1, 4, 1, 0, 3, 2, 0}) {
            work.handle(deliveries.get(i).again(), shard);
        }
        assertThat(worker.ledger.effects()).containsExactly("p-0", "p-1", "p-2", "p-3", "p-4");
    }

    @Test
    void theDuplicateOfAHeadWhoseWorkerDiedGoesOnWithWhatIsParkedBehindIt() throws Exception {
        var head = worker.accept("head", "r");
        var next = worker.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        worker.ledger.overtake("head");
        var delivery = MemoryDelivery.of(head).again();
        work.handle(delivery, shard);
        assertThat(worker.ledger.effects()).containsExactly("next");
        assertThat(delivery.settled()).containsExactly("ack");
    }

    @Test
    void whatIsParkedWhileItsHeadIsFinishedElsewhereIsNotForgotten() throws Exception {
        worker.accept("head", "r");
        var next = worker.accept("next", "r");
        var once = new AtomicBoolean();
        worker.ledger.before(statement -> {
            if (statement == Statement.PARK && once.compareAndSet(false, true)) {
                worker.ledger.overtake("head");
            }
        });
        work.handle(MemoryDelivery.of(next), shard);
        assertThat(worker.ledger.effects()).containsExactly("next");
    }

    @Test
    void aFailedHeadHoldsItsReceiverUntilItsRetryIsBack() throws Exception {
        var head = worker.accept("head", "r");
        var next = worker.accept("next", "r");
        worker.failOnce("head");
        work.handle(MemoryDelivery.of(head), shard);
        work.handle(MemoryDelivery.of(next), shard);
        assertThat(worker.ledger.effects()).isEmpty();
        worker.ledger.passTime(InMemoryWorker.DELAY);
        work.handle(MemoryDelivery.of(worker.broker.last()), shard);
        assertThat(worker.ledger.effects()).containsExactly("head", "next");
    }

    @Test
    void aRetryThatTheBrokerReturnsIsNotAcknowledgedAndTheNextDeliveryPublishesIt() throws Exception {
        var delivery = MemoryDelivery.of(worker.accept("p", "r"));
        worker.failOnce("p");
        worker.broker.refuse();
        assertThatThrownBy(() -> work.handle(delivery, shard)).isInstanceOf(PublishFailed.class);
        assertThat(delivery.settled()).isEmpty();
        assertThat(worker.ledger.row("p").published()).isFalse();
    }

    @Test
    void afterAHundredOfOneReceiverTheHeadGoesBackToItsShard() throws Exception {
        int parked = 105;
        var head = worker.accept("head", "r");
        for (int i = 0; i < parked; i++) {
            work.handle(MemoryDelivery.of(worker.accept("p-" + i, "r")), shard);
        }
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(worker.ledger.effects()).hasSize(101);
        assertThat(worker.broker.last().messageId()).isEqualTo("p-100");
        work.handle(MemoryDelivery.of(worker.broker.last()), shard);
        assertThat(worker.ledger.effects()).hasSize(parked + 1);
    }

    @Test
    void aCancelledParkedHeadWhoseContentIsDamagedEndsAsCancelled() throws Exception {
        var head = worker.accept("head", "r");
        work.handle(MemoryDelivery.of(worker.accept("damaged", "r")), shard);
        worker.ledger.damage("damaged");
        worker.ledger.cancel("damaged");
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(worker.ledger.row("damaged").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(worker.broker.published()).isEmpty();
    }

    @Test
    void aReceiverWhoseShardTakesNoMessageGoesOnBesideIt() throws Exception {
        int parked = 205;
        var head = MemoryDelivery.of(worker.accept("head", "r"));
        for (int i = 0; i < parked; i++) {
            work.handle(MemoryDelivery.of(worker.accept("p-" + i, "r")), shard);
        }
        worker.broker.refuse();
        work.handle(head, shard);
        Awaitility.await().until(() -> head.settled().equals(List.of("ack")));
        assertThat(worker.ledger.effects()).hasSize(parked + 1);
    }

    @Test
    void whatIsNoPedidoOrNotInTheLedgerIsRejected() throws Exception {
        var unreadable = new MemoryDelivery(new byte[] {'x'}, new Headers(Map.of()), false, new ArrayList<>());
        var unknown = MemoryDelivery.of(new Pedido("stranger", "simulado", "r", "api", List.of(), null));
        work.handle(unreadable, shard);
        work.handle(unknown, shard);
        assertThat(unreadable.settled()).containsExactly("reject");
        assertThat(unknown.settled()).containsExactly("reject");
        assertThat(endings("unreadable", "")).isEqualTo(1);
        assertThat(endings("unknown", "")).isEqualTo(1);
    }

    @Test
    void aMessageOfABusyReceiverIsSetAsideAndAcknowledged() throws Exception {
        var delivery = MemoryDelivery.of(worker.accept("p", "r"));
        worker.ledger.locks.lockElsewhere("r");
        work.handle(delivery, shard);
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(worker.broker.last().exchange()).startsWith("pedidos.retry.");
        assertThat(endings("not-now", "")).isEqualTo(1);
    }

    @Test
    void whatIsSkippedSaysWhy() throws Exception {
        var head = worker.accept("head", "r");
        var next = worker.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        work.handle(MemoryDelivery.of(head), shard);
        work.handle(MemoryDelivery.of(head).again(), shard);
        work.handle(MemoryDelivery.of(new Pedido("head", "simulado", "r", "web", List.of(), null)), shard);
        assertThat(endings("passed", "parked")).isEqualTo(1);
        assertThat(endings("passed", "duplicate")).isEqualTo(1);
        assertThat(endings("passed", "conflict")).isEqualTo(1);
        assertThat(endings("finished", "")).isEqualTo(2);
    }

    @Test
    void aParkedHeadThatMayBeMarkedIsKeptWhileTheDatabaseIsDown() throws Exception {
        var before = worker.accept("before", "r");
        var next = worker.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        databaseFailsAtTheEffectOf(next);
        var delivery = MemoryDelivery.of(before).again();
        var paused = new CountDownLatch(1);
        parts.breaker.watch(paused::countDown, NOTHING_TO_RESUME);
        var thread = Thread.ofPlatform().start(() -> handleQuietly(delivery));
        paused.await();
        assertThat(worker.ledger.row("next").begun()).hasValue(InMemoryWorker.WORKER);
        worker.ledger.before(statement -> {});
        databaseUp.set(true);
        thread.join();
        assertThat(delivery.settled()).as("not given back with the mark open").containsExactly("ack");
        assertThat(worker.ledger.effects()).containsExactly("before", "next");
        assertThat(worker.ledger.row("next").tentativas()).isEqualTo(1);
    }

    @Test
    void aParkedHeadThatCannotBeMarkedGoesBackWhileTheDatabaseIsDown() throws Exception {
        worker.accept("before", "r");
        var next = worker.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        databaseFailsAtTheEffectOf(next);
        parts.breaker.watch(() -> {}, NOTHING_TO_RESUME);
        assertThatThrownBy(() -> work.handle(MemoryDelivery.of(worker.pedido("before")), shard))
                .isInstanceOf(DeliveryPaused.class);
        assertThat(worker.ledger.row("next").begun()).isEmpty();
    }

    private void databaseFailsAtTheEffectOf(Pedido pedido) {
        worker.handler.next(pedido.pedidoId(), () -> {
            databaseUp.set(false);
            worker.ledger.before(statement -> {
                throw new SQLException("the server is gone", "57P01");
            });
            throw new SQLException("the server is gone", "57P01");
        });
    }

    private void handleQuietly(MemoryDelivery delivery) {
        try {
            work.handle(delivery, shard);
        } catch (Exception e) {
            delivery.settled().add(e.toString());
        }
    }

    private double endings(String ending, String reason) {
        return parts.metrics
                .get("pedidos_endings")
                .tag("ending", ending)
                .tag("reason", reason)
                .counter()
                .count();
    }
}
