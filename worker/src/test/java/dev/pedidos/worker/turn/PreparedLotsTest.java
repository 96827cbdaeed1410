package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pedidos that are prepared at the same time, with the ledger in memory. */
@Timeout(30)
class PreparedLotsTest {

    private final PreparedInLots handler = new PreparedInLots();
    private final InMemoryWorker worker = new InMemoryWorker(List.of(handler));
    private final Map<String, Preparation> preparations = new HashMap<>();

    @BeforeEach
    void connect() {
        handler.in(worker.ledger);
    }

    private Candidate prepared(String pedidoId, String recebedorId) {
        var pedido = worker.accept(PreparedInLots.TIPO, pedidoId, recebedorId);
        preparations.put(pedidoId, handler.prepare(pedido));
        return InMemoryWorker.message(pedido);
    }

    @Test
    void preparedPedidosTakeEffectInOneTransactionEachWithItsOwnPreparation() throws Exception {
        var lot = List.of(prepared("p-1", "r-1"), prepared("p-2", "r-2"));

        var members = worker.lots.passPrepared(handler, lot, preparations).members();

        assertThat(members)
                .extracting(LotResult.Member::ending)
                .containsExactly(new Ending.Finished(false), new Ending.Finished(false));
        assertThat(handler.lots).containsExactly(2);
        assertThat(worker.ledger.effects()).containsExactly("p-1: answer to p-1", "p-2: answer to p-2");
        assertThat(worker.ledger.row("p-2").status()).isEqualTo(PedidoStatus.COMPLETED);
    }

    @Test
    void ifOneFailsNoneHasTakenEffect() throws Exception {
        handler.failing.add("p-2");
        var lot = List.of(prepared("p-1", "r-1"), prepared("p-2", "r-2"));

        assertThat(worker.lots.passPrepared(handler, lot, preparations)).isEqualTo(new LotResult.Undecided());

        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.row("p-1").status()).isEqualTo(PedidoStatus.PENDING);
    }

    @Test
    void aPedidoCancelledAfterItsPreparationIsLeftOutOfTheLot() throws Exception {
        var lot = List.of(prepared("p-1", "r-1"), prepared("p-2", "r-2"), prepared("cancelled", "r-3"));
        worker.ledger.cancel("cancelled");

        var members = worker.lots.passPrepared(handler, lot, preparations).members();

        assertThat(members).extracting(one -> one.candidate().pedidoId()).containsExactly("p-1", "p-2");
        assertThat(worker.ledger.row("cancelled").status()).isEqualTo(PedidoStatus.PENDING);
    }

    /** Another program has sent a message with the id of a pedido, but for another receiver. */
    @Test
    void twoMessagesOfOnePedidoAreEachDecidedByItself() {
        var preparedLots = new PreparedLots(worker.ledger, worker.lots, 16, size -> {});
        var real = prepared("p", "r-1");
        var other = prepared("other", "r-2");
        var pretended = InMemoryWorker.message(new Pedido("p", PreparedInLots.TIPO, "r-3", "api", List.of(), null));

        assertThat(preparedLots.look(List.of(real, other, pretended))).isEmpty();
        assertThat(preparedLots.takeEffect(
                        handler,
                        Stream.of(real, other, pretended)
                                .map(candidate -> new PreparedLots.Ready(candidate, Preparation.NONE))
                                .toList()))
                .isEmpty();
        assertThat(worker.ledger.effects()).isEmpty();
    }

    @Test
    void aLookTellsWhichMayBeTried() throws Exception {
        var head = prepared("head", "r-1");
        var second = prepared("second", "r-1");
        var other = prepared("other", "r-2");

        assertThat(worker.lots.ordinaryHeads(List.of(head, other)))
                .extracting(one -> one.map(Candidate::pedidoId))
                .containsExactly(Optional.of("head"), Optional.of("other"));
        assertThat(worker.lots.ordinaryHeads(List.of(second)))
                .as("another one is before it")
                .containsExactly(Optional.empty());
    }

    /** As the lanes of many receivers do. */
    @Test
    void allPassTheTurnstileOnceWhateverFallsIntoOneLot() {
        handler.failing.add("p-7");
        var candidates = IntStream.range(0, 40)
                .mapToObj(i -> InMemoryWorker.message(worker.accept(PreparedInLots.TIPO, "p-" + i, "r-" + i)))
                .toList();
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            var endings = candidates.stream()
                    .map(candidate -> CompletableFuture.supplyAsync(() -> ending(candidate), lanes))
                    .toList();
            assertThat(endings.stream().map(CompletableFuture::join).filter(Ending.Finished.class::isInstance))
                    .hasSize(39);
        }
        assertThat(worker.ledger.effects()).hasSize(39).doesNotHaveDuplicates();
        assertThat(worker.ledger.row("p-7").status()).isEqualTo(PedidoStatus.RETRYING);
    }

    private Ending ending(Candidate candidate) {
        try {
            return worker.pass(candidate);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
