package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import dev.pedidos.worker.inmemory.ScriptedLots;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deliveries at hand that share a transaction, with ledger and broker in memory. */
@Timeout(30)
class LotWorkTest {

    private final ScriptedLots handler = new ScriptedLots();
    private final ScriptedLots others = new ScriptedLots("other-lots");
    private final InMemoryWorker worker = new InMemoryWorker(List.of(handler, others));
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
    private final ShardParts parts = new ShardParts(worker);
    private final LotWork lotWork = new LotWork(worker.turn, parts.stepRunner, parts.work(parts.lanes(1)));
    private final List<Statement> statements = new ArrayList<>();

    @BeforeEach
    void watch() {
        handler.in(worker.ledger);
        others.in(worker.ledger);
        worker.ledger.before(statements::add);
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void ordinaryDeliveriesShareOneTransaction() throws Exception {
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"), accept("c", "r-1"));
        handle(deliveries);
        assertThat(statements).containsExactly(Statement.ENTER_LOT, Statement.FINISH_LOT);
        assertThat(handler.lots).containsExactly(List.of("a", "b", "c"));
        assertThat(worker.ledger.effects()).containsExactly("a", "b", "c");
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.settled()).containsExactly("ack"));
        assertThat(parts.workMetrics.finished()).isEqualTo(3);
        assertThat(parts.underWay.first(shard.queue())).isEmpty();
    }

    @Test
    void nothingIsAcknowledgedBeforeTheCommit() throws Exception {
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"));
        worker.ledger.before(statement -> assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.settled()).isEmpty()));
        handle(deliveries);
        assertThat(worker.ledger.effects()).containsExactly("a", "b");
    }

    @Test
    void deliveriesInTheWrongOrderTakeEffectInTheOrderOfTheirLine() throws Exception {
        var first = accept("a", "r");
        var second = accept("b", "r");
        var third = accept("c", "r");
        handle(deliveries(third, first, second));
        assertThat(handler.lots).containsExactly(List.of("a", "b", "c"));
        assertThat(worker.ledger.effects()).containsExactly("a", "b", "c");
    }

    @Test
    void aPedidoWhoseTurnHasNotComeIsParkedAndTheOthersAreFinished() throws Exception {
        var missing = accept("a", "r-1");
        var late = accept("b", "r-1");
        handle(deliveries(late, accept("c", "r-2"), accept("d", "r-3")));
        assertThat(worker.ledger.effects()).containsExactly("c", "d");
        assertThat(worker.ledger.row("b").parked()).isTrue();
        handle(deliveries(missing, accept("e", "r-2")));
        assertThat(worker.ledger.effects()).containsExactly("c", "d", "a", "e", "b");
    }

    @Test
    void aFailingPedidoIsToldApartAndTheOthersAreCompleted() throws Exception {
        handler.failing.add("b");
        handle(deliveries(accept("a", "r-1"), accept("b", "r-2"), accept("c", "r-3")));
        assertThat(worker.ledger.effects()).containsExactly("a", "c");
        assertThat(worker.ledger.events("a")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
        assertThat(worker.ledger.events("b")).containsExactly("ACCEPTED", "PROCESSING", "RETRY_SCHEDULED");
        assertThat(worker.ledger.row("b").tentativas()).isEqualTo(1);
        assertThat(worker.ledger.row("c").tentativas()).isEqualTo(1);
    }

    @Test
    void aPostponedPedidoUsesNoAttempt() throws Exception {
        handler.postponed.add("a");
        handle(deliveries(accept("a", "r-1"), accept("b", "r-2")));
        assertThat(worker.ledger.effects()).containsExactly("b");
        assertThat(worker.ledger.row("a").status()).isEqualTo(PedidoStatus.RETRYING);
        assertThat(worker.ledger.row("a").tentativas()).isZero();
    }

    @Test
    void aLotWhoseCommitIsInDoubtIsDecidedByTheLedger() throws Exception {
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"));
        worker.ledger.before(statement -> {
            if (statement == Statement.FINISH_LOT) {
                worker.ledger.overtake("a");
                worker.ledger.overtake("b");
                throw new SQLException("the connection was lost during the commit", "08006");
            }
        });
        handle(deliveries);
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.events("a")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.settled()).containsExactly("ack"));
    }

    @Test
    void aRedeliveredPedidoIsTriedAloneWithItsMark() throws Exception {
        var suspect = MemoryDelivery.of(accept("b", "r-2")).again();
        var others = deliveries(accept("a", "r-1"), accept("c", "r-3"));
        handle(List.of(others.get(0), suspect, others.get(1)));
        assertThat(handler.lots).containsExactly(List.of("a", "c"));
        assertThat(statements).contains(Statement.MARK_BEGUN);
        assertThat(worker.ledger.effects()).containsExactly("a", "c", "b");
        assertThat(suspect.settled()).containsExactly("ack");
    }

    @Test
    void twoCopiesOfAPedidoHaveOneEffect() throws Exception {
        var pedido = accept("a", "r-1");
        handle(deliveries(pedido, accept("b", "r-2"), pedido, pedido));
        assertThat(worker.ledger.effects()).containsExactly("a", "b");
    }

    @Test
    void aCancelledPedidoEndsWithoutAnEffect() throws Exception {
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"), accept("c", "r-3"));
        worker.ledger.cancel("b");
        handle(deliveries);
        assertThat(handler.lots).containsExactly(List.of("a", "c"));
        assertThat(worker.ledger.events("b")).containsExactly("ACCEPTED", "REJECTED");
    }

    @Test
    void otherContentIsAConflictAndTheOthersAreFinished() throws Exception {
        accept("a", "r-1");
        var other = new Pedido("a", ScriptedLots.TIPO, "r-1", "web", List.of(), null);
        handle(deliveries(other, accept("b", "r-2"), accept("c", "r-3")));
        assertThat(worker.ledger.effects()).containsExactly("b", "c");
        assertThat(worker.ledger.events("a")).hasSize(2).last().asString().startsWith("CONFLICT");
    }

    @Test
    void theSameIdInALotOfAnotherTipoIsAConflict() throws Exception {
        var kept = accept("a", "r-1");
        var refused = new Pedido("a", others.tipo(), "r-1", "api", List.of(), null);
        handle(deliveries(refused, worker.accept(others.tipo(), "b", "r-2"), kept, accept("c", "r-3")));
        assertThat(worker.ledger.effects()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(worker.ledger.events("a")).hasSize(4).last().asString().startsWith("CONFLICT");
    }

    @Test
    void aReceiverWhoseLockIsKeptElsewhereIsSetAsideAndTheOthersAreFinished() throws Exception {
        worker.ledger.locks.lockElsewhere("r-2");
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"), accept("c", "r-3"));
        handle(deliveries);
        assertThat(worker.ledger.effects()).containsExactly("a", "c");
        assertThat(worker.broker.published()).hasSize(1);
        handle(deliveries(accept("d", "r-1"), accept("e", "r-2"), accept("f", "r-3")));
        assertThat(handler.lots)
                .as("without the receiver that is known to be busy")
                .containsExactly(List.of("d", "f"));
    }

    @Test
    void aLotWithoutOutcomesIsDecidedOneByOne() throws Exception {
        handler.mute = true;
        var deliveries = deliveries(accept("a", "r-1"), accept("b", "r-2"));
        handle(deliveries);
        assertThat(handler.lots).containsExactly(List.of("a", "b"));
        assertThat(worker.ledger.effects()).containsExactly("a", "b");
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.settled()).containsExactly("ack"));
    }

    @Test
    void aHandlerThatTakesNoLotsIsCalledForEach() throws Exception {
        handle(deliveries(worker.accept("a", "r-1"), worker.accept("b", "r-2")));
        assertThat(statements).doesNotContain(Statement.ENTER_LOT);
        assertThat(worker.ledger.effects()).containsExactly("a", "b");
    }

    @Test
    void aMessageThatIsNoPedidoIsRejectedAndTheOthersAreFinished() throws Exception {
        var broken = new MemoryDelivery(new byte[] {'{'}, new Headers(Map.of()), false, new ArrayList<>());
        var others = deliveries(accept("a", "r-1"), accept("b", "r-2"));
        handle(List.of(broken, others.get(0), others.get(1)));
        assertThat(broken.settled()).containsExactly("reject");
        assertThat(handler.lots).containsExactly(List.of("a", "b"));
    }

    private Pedido accept(String pedidoId, String recebedorId) {
        return worker.accept(ScriptedLots.TIPO, pedidoId, recebedorId);
    }

    private static List<MemoryDelivery> deliveries(Pedido... pedidos) {
        return Arrays.stream(pedidos).map(MemoryDelivery::of).toList();
    }

    private void handle(List<MemoryDelivery> deliveries) throws Exception {
        lotWork.handle(List.<Delivery>copyOf(deliveries), shard);
    }
}
