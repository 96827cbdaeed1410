package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.Headers;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
import dev.pedidos.worker.outage.DatabaseBreaker;
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

    private static final String QUEUE = "pedidos_queue.00";

    private final Bench bench = new Bench();
    private final ShardConsumer shard = new ShardConsumer(QUEUE, bench.settlement);
    private final AtomicBoolean databaseUp = new AtomicBoolean(true);
    private final ShardBench parts = new ShardBench(bench, databaseUp::get);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aDeliveryIsAcknowledgedAfterItsEffectIsCommitted() throws Exception {
        var delivery = MemoryDelivery.of(bench.accept("p", "r"));
        bench.ledger.before(statement ->
                assertThat(delivery.settled()).as("before %s", statement).isEmpty());
        bench.handler.next("p", () -> {
            assertThat(parts.underWay.first(QUEUE)).contains("p");
            return new Outcome.Completed(null);
        });
        work.handle(delivery, shard);
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(bench.ledger.effects()).containsExactly("p");
        assertThat(parts.underWay.first(QUEUE)).isEmpty();
    }

    @Test
    void aParkedHeadIsInHandWhileItIsTried() throws Exception {
        var head = bench.accept("head", "r");
        work.handle(MemoryDelivery.of(bench.accept("parked", "r")), shard);
        bench.handler.next("parked", () -> {
            assertThat(parts.underWay.first(QUEUE)).contains("parked");
            return new Outcome.Completed(null);
        });
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(bench.ledger.effects()).containsExactly("head", "parked");
        assertThat(parts.underWay.first(QUEUE)).isEmpty();
    }

    @Test
    void messagesInAnyOrderAndMoreThanOnceHaveOneEffectEachInOrder() throws Exception {
        List<MemoryDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            deliveries.add(MemoryDelivery.of(bench.accept("p-" + i, "r")));
        }
        for (int i : new int[] {3, 1, 4, 1, 0, 3, 2, 0}) {
            work.handle(deliveries.get(i).again(), shard);
        }
        assertThat(bench.ledger.effects()).containsExactly("p-0", "p-1", "p-2", "p-3", "p-4");
    }

    @Test
    void theDuplicateOfAHeadWhoseWorkerDiedGoesOnWithWhatIsParkedBehindIt() throws Exception {
        var head = bench.accept("head", "r");
        var next = bench.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        bench.ledger.overtake("head");
        var delivery = MemoryDelivery.of(head).again();
        work.handle(delivery, shard);
        assertThat(bench.ledger.effects()).containsExactly("next");
        assertThat(delivery.settled()).containsExactly("ack");
    }

    @Test
    void whatIsParkedWhileItsHeadIsFinishedElsewhereIsNotForgotten() throws Exception {
        bench.accept("head", "r");
        var next = bench.accept("next", "r");
        var once = new AtomicBoolean();
        bench.ledger.before(statement -> {
            if (statement == Statement.PARK && once.compareAndSet(false, true)) {
                bench.ledger.overtake("head");
            }
        });
        work.handle(MemoryDelivery.of(next), shard);
        assertThat(bench.ledger.effects()).containsExactly("next");
    }

    @Test
    void aFailedHeadHoldsItsReceiverUntilItsRetryIsBack() throws Exception {
        var head = bench.accept("head", "r");
        var next = bench.accept("next", "r");
        bench.failOnce("head");
        work.handle(MemoryDelivery.of(head), shard);
        work.handle(MemoryDelivery.of(next), shard);
        assertThat(bench.ledger.effects()).isEmpty();
        bench.ledger.passTime(Bench.DELAY);
        work.handle(MemoryDelivery.of(bench.broker.last()), shard);
        assertThat(bench.ledger.effects()).containsExactly("head", "next");
    }

    @Test
    void aRetryThatTheBrokerReturnsIsNotAcknowledgedAndTheNextDeliveryPublishesIt() throws Exception {
        var delivery = MemoryDelivery.of(bench.accept("p", "r"));
        bench.failOnce("p");
        bench.broker.refuse();
        assertThatThrownBy(() -> work.handle(delivery, shard)).isInstanceOf(PublishFailed.class);
        assertThat(delivery.settled()).isEmpty();
        assertThat(bench.ledger.row("p").published()).isFalse();
    }

    @Test
    void afterAHundredOfOneReceiverTheHeadGoesBackToItsShard() throws Exception {
        int parked = 105;
        var head = bench.accept("head", "r");
        for (int i = 0; i < parked; i++) {
            work.handle(MemoryDelivery.of(bench.accept("p-" + i, "r")), shard);
        }
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(bench.ledger.effects()).hasSize(101);
        assertThat(bench.broker.last().messageId()).isEqualTo("p-100");
        work.handle(MemoryDelivery.of(bench.broker.last()), shard);
        assertThat(bench.ledger.effects()).hasSize(parked + 1);
    }

    @Test
    void aCancelledParkedHeadWhoseContentIsDamagedEndsAsCancelled() throws Exception {
        var head = bench.accept("head", "r");
        work.handle(MemoryDelivery.of(bench.accept("damaged", "r")), shard);
        bench.ledger.damage("damaged");
        bench.ledger.cancel("damaged");
        work.handle(MemoryDelivery.of(head), shard);
        assertThat(bench.ledger.row("damaged").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(bench.broker.published()).isEmpty();
    }

    @Test
    void aReceiverWhoseShardTakesNoMessageGoesOnBesideIt() throws Exception {
        int parked = 205;
        var head = MemoryDelivery.of(bench.accept("head", "r"));
        for (int i = 0; i < parked; i++) {
            work.handle(MemoryDelivery.of(bench.accept("p-" + i, "r")), shard);
        }
        bench.broker.refuse();
        work.handle(head, shard);
        Awaitility.await().until(() -> head.settled().equals(List.of("ack")));
        assertThat(bench.ledger.effects()).hasSize(parked + 1);
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
        var delivery = MemoryDelivery.of(bench.accept("p", "r"));
        bench.ledger.lockElsewhere("r");
        work.handle(delivery, shard);
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(bench.broker.last().exchange()).startsWith("pedidos.retry.");
        assertThat(endings("not-now", "")).isEqualTo(1);
    }

    @Test
    void whatIsSkippedSaysWhy() throws Exception {
        var head = bench.accept("head", "r");
        var next = bench.accept("next", "r");
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
        var before = bench.accept("before", "r");
        var next = bench.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        databaseFailsAtTheEffectOf(next);
        var delivery = MemoryDelivery.of(before).again();
        var paused = new CountDownLatch(1);
        parts.breaker.watch(work(paused));
        var worker = Thread.ofPlatform().start(() -> handleQuietly(delivery));
        paused.await();
        assertThat(bench.ledger.row("next").begun()).hasValue(Bench.WORKER);
        bench.ledger.before(statement -> {});
        databaseUp.set(true);
        worker.join();
        assertThat(delivery.settled()).as("not given back with the mark open").containsExactly("ack");
        assertThat(bench.ledger.effects()).containsExactly("before", "next");
        assertThat(bench.ledger.row("next").tentativas()).isEqualTo(1);
    }

    @Test
    void aParkedHeadThatCannotBeMarkedGoesBackWhileTheDatabaseIsDown() throws Exception {
        bench.accept("before", "r");
        var next = bench.accept("next", "r");
        work.handle(MemoryDelivery.of(next), shard);
        databaseFailsAtTheEffectOf(next);
        parts.breaker.watch(work(new CountDownLatch(1)));
        assertThatThrownBy(() -> work.handle(MemoryDelivery.of(bench.pedido("before")), shard))
                .isInstanceOf(DeliveryPaused.class);
        assertThat(bench.ledger.row("next").begun()).isEmpty();
    }

    private void databaseFailsAtTheEffectOf(Pedido pedido) {
        bench.handler.next(pedido.pedidoId(), () -> {
            databaseUp.set(false);
            bench.ledger.before(statement -> {
                throw new SQLException("the server is gone", "57P01");
            });
            throw new SQLException("the server is gone", "57P01");
        });
    }

    private static DatabaseBreaker.Pausable work(CountDownLatch paused) {
        return new DatabaseBreaker.Pausable() {
            @Override
            public void pause() {
                paused.countDown();
            }

            @Override
            public void resume() {
                // The deliveries of this test are handed over by hand.
            }
        };
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
