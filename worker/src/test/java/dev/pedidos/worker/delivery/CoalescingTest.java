package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pedidos of one receiver that are handed to their handler together. */
@Timeout(30)
class CoalescingTest {

    private TogetherHandler together;
    private InMemoryWorker worker;
    private ShardConsumer shard;
    private ShardParts parts;
    private ReceiverLanes lanes;
    private ShardWork work;

    @BeforeEach
    void open() {
        open(Duration.ZERO, 10);
    }

    private void open(Duration coalesce, int most) {
        together = new TogetherHandler(coalesce, most);
        worker = new InMemoryWorker(List.of(together));
        shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
        together.ledger = worker.ledger;
        parts = new ShardParts(worker);
        lanes = parts.lanes(8);
        work = parts.work(lanes);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void whatWaitsBehindAPedidoTakesEffectWithItInOrder() throws Exception {
        var a = accept("a", "r");
        var b = accept("b", "r");
        accept("other", "another");
        accept("c", "r");
        ShardParts.awaitAcknowledged(handle(a));
        assertThat(together.lots).containsExactly(List.of("a", "b", "c"));
        assertThat(worker.ledger.effects()).containsExactly("a", "b", "c");
        assertThat(worker.ledger.events("c")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
        ShardParts.awaitAcknowledged(handle(b));
        assertThat(worker.ledger.effects()).containsExactly("a", "b", "c");
    }

    @Test
    void withoutMemoryForThoseBehindEachTakesEffectByItself() throws Exception {
        var a = accept("a", "r");
        var b = worker.acceptLarge(together.tipo(), "b", "r");
        ShardParts.awaitAcknowledged(handle(a));
        ShardParts.awaitAcknowledged(handle(b));
        assertThat(together.lots).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void aSecondMessageIsLookedAtSinceTheLedgerMayHaveBeenRestored() throws Exception {
        ShardParts.awaitAcknowledged(handle(accept("a", "r")));
        var c = accept("c", "r");
        var b = accept("b", "r");
        ShardParts.awaitAcknowledged(handle(c));
        ShardParts.awaitAcknowledged(handle(b));
        worker.ledger.restore("b");
        ShardParts.awaitAcknowledged(handle(b));
        assertThat(worker.ledger.effects()).containsExactly("a", "c", "b", "b");
    }

    @Test
    void aPedidoWhoseMessageComesTooEarlyTakesEffectBehindTheOneBeforeIt() throws Exception {
        accept("a", "r");
        ShardParts.awaitAcknowledged(handle(accept("b", "r")));
        assertThat(worker.ledger.effects()).containsExactly("a", "b");
    }

    @Test
    void theFirstWaitsForOthersAndIsLeftOutIfItsConsumerStops() throws Exception {
        open(Duration.ofMinutes(1), 10);
        var first = handle(accept("a", "r"));
        var second = handle(accept("b", "r"));
        shard.finish();
        Awaitility.await().until(() -> !lanes.hasLane("r"));
        assertThat(List.of(first, second))
                .as("go back to their queue")
                .allSatisfy(each -> assertThat(each.settled()).isEmpty());
        assertThat(together.lots).isEmpty();
    }

    @Test
    void messagesThatComeWhileTheFirstWaitsAreAcknowledgedWithoutALookOfTheirOwn() throws Exception {
        open(Duration.ofMillis(200), 10);
        List<Statement> statements = new CopyOnWriteArrayList<>();
        worker.ledger.before(statements::add);
        var pedidos = List.of(accept("a", "r"), accept("b", "r"), accept("c", "r"));
        List<MemoryDelivery> awaiting = new ArrayList<>();
        for (var pedido : pedidos.reversed()) {
            awaiting.add(handle(pedido));
        }
        ShardParts.awaitAcknowledged(awaiting.toArray(MemoryDelivery[]::new));
        assertThat(statements).containsExactly(Statement.NEXT_HEADS, Statement.ENTER_LOT, Statement.FINISH_LOT);
        assertThat(worker.ledger.effects()).containsExactly("a", "b", "c");
    }

    @Test
    void aPedidoThatFailsIsToldApartAndTheOthersTakeEffect() throws Exception {
        together.failing.add("b");
        ShardParts.awaitAcknowledged(handle(parkedBehindAHead("a", "b", "c", "d")));
        assertThat(together.lots)
                .as("after the failure one by one")
                .containsExactly(List.of("a", "b", "c", "d"), List.of("a"), List.of("b"));
        assertThat(worker.ledger.effects()).containsExactly("head", "a");
        assertThat(worker.ledger.row("b").status()).isEqualTo(PedidoStatus.RETRYING);
        assertThat(worker.ledger.row("b").tentativas()).isEqualTo(1);
        together.failing.clear();
        worker.ledger.passTime(InMemoryWorker.DELAY);
        var retry = MemoryDelivery.of(worker.broker.published().getFirst());
        work.handle(retry, shard);
        ShardParts.awaitAcknowledged(retry);
        assertThat(worker.ledger.effects()).containsExactly("head", "a", "b", "c", "d");
        assertThat(worker.ledger.row("c").tentativas()).isEqualTo(1);
    }

    @Test
    void asManyAsTheHandlerWantsShareATransactionAndTheOthersFollowAtOnce() throws Exception {
        open(Duration.ofMinutes(1), 2);
        var head = parkedBehindAHead("a", "b", "c", "d", "e");
        ShardParts.awaitAcknowledged(handle(head));
        assertThat(together.lots).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
        assertThat(worker.ledger.effects()).containsExactly("head", "a", "b", "c", "d", "e");
    }

    @Test
    void anotherTipoInTheLineKeepsItsPlace() throws Exception {
        var a = accept("a", "r");
        var x = worker.accept("x", "r");
        var b = accept("b", "r");
        ShardParts.awaitAcknowledged(handle(a));
        ShardParts.awaitAcknowledged(handle(b));
        assertThat(worker.ledger.effects()).containsExactly("a");
        ShardParts.awaitAcknowledged(handle(x));
        assertThat(worker.ledger.effects()).containsExactly("a", "x", "b");
    }

    @Test
    void aCancelledPedidoEndsWithoutAnEffect() throws Exception {
        var head = parkedBehindAHead("a", "b", "c");
        worker.ledger.cancel("b");
        ShardParts.awaitAcknowledged(handle(head));
        assertThat(worker.ledger.effects()).containsExactly("head", "a", "c");
        assertThat(worker.ledger.events("b")).containsExactly("ACCEPTED", "REJECTED");
    }

    @Test
    void whatMayHaveEndedAWorkerPassesAloneWithItsMark() throws Exception {
        List<Statement> statements = new CopyOnWriteArrayList<>();
        worker.ledger.before(statements::add);
        var suspect = MemoryDelivery.of(accept("a", "r")).again();
        accept("b", "r");
        work.handle(suspect, shard);
        ShardParts.awaitAcknowledged(suspect);
        assertThat(statements).contains(Statement.MARK_BEGUN).doesNotContain(Statement.ENTER_LOT);
        assertThat(together.lots).containsExactly(List.of("a"));
    }

    @Test
    void otherContentIsAConflictAndTakesNobodyAlong() throws Exception {
        accept("a", "r");
        accept("b", "r");
        ShardParts.awaitAcknowledged(handle(new Pedido("a", TogetherHandler.TIPO, "r", "web", List.of(), null)));
        assertThat(together.lots).isEmpty();
        assertThat(worker.ledger.events("a")).hasSize(2).last().asString().startsWith("CONFLICT");
    }

    @Test
    void otherContentOfAPedidoThatWasFinishedAheadIsAConflict() throws Exception {
        var a = accept("a", "r");
        var b = accept("b", "r");
        ShardParts.awaitAcknowledged(handle(a));
        accept("c", "r");
        accept("d", "r");
        ShardParts.awaitAcknowledged(handle(new Pedido("b", TogetherHandler.TIPO, "r", "web", List.of(), null)));
        ShardParts.awaitAcknowledged(handle(b));
        assertThat(together.lots).containsExactly(List.of("a", "b"), List.of("c", "d"));
        assertThat(worker.ledger.events("b")).hasSize(4).last().asString().startsWith("CONFLICT");
    }

    @Test
    void aLotWhoseCommitIsInDoubtIsDecidedByTheLedger() throws Exception {
        worker.ledger.before(statement -> {
            if (statement == Statement.FINISH_LOT) {
                worker.ledger.overtake("a");
                worker.ledger.overtake("b");
                throw new SQLException("the connection was lost during the commit", "08006");
            }
        });
        var a = accept("a", "r");
        accept("b", "r");
        ShardParts.awaitAcknowledged(handle(a));
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.events("a")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void aHandlerThatGivesTooFewOutcomesFinishesNothing() throws Exception {
        together.forgetful = true;
        var a = accept("a", "r");
        accept("b", "r");
        ShardParts.awaitAcknowledged(handle(a));
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.row("a").status()).isEqualTo(PedidoStatus.DEAD_LETTERED);
        assertThat(worker.ledger.row("b").status()).isEqualTo(PedidoStatus.PENDING);
    }

    @Test
    void inALotOfTheShardTheyAreLeftToTheirLanes() throws Exception {
        var a = MemoryDelivery.of(accept("a", "r-1"));
        var b = MemoryDelivery.of(accept("b", "r-2"));
        new LotWork(worker.turn, parts.stepRunner, work).handle(List.of(a, b), shard);
        ShardParts.awaitAcknowledged(a, b);
        assertThat(together.lots).containsExactlyInAnyOrder(List.of("a"), List.of("b"));
    }

    private Pedido accept(String pedidoId, String recebedorId) {
        return worker.accept(TogetherHandler.TIPO, pedidoId, recebedorId);
    }

    private MemoryDelivery handle(Pedido pedido) throws Exception {
        var delivery = MemoryDelivery.of(pedido);
        work.handle(delivery, shard);
        return delivery;
    }

    /** Parked behind an ordinary pedido, "head", whose message has not come. */
    private Pedido parkedBehindAHead(String... ids) throws Exception {
        var head = worker.accept("head", "r");
        for (String id : ids) {
            accept(id, "r");
            try (var turn = worker.ledger.entered("r", id)) {
                turn.park(id);
            }
        }
        return head;
    }
}
