package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of pedidos that a client has cancelled, against a ledger in memory. */
@Timeout(20)
class CancelledTurnTest {

    private final Preparing preparing = new Preparing();
    private final InMemoryWorker worker = new InMemoryWorker(List.of(preparing));

    @Test
    void aCancelledHeadEndsWithoutAnEffectAndItsReceiverGoesOn() throws SQLException {
        var first = worker.accept("first", "r");
        var second = worker.accept("second", "r");
        worker.ledger.cancel("first");
        assertThat(worker.pass(InMemoryWorker.message(second))).isEqualTo(InMemoryWorker.skipped(Reason.PARKED));
        assertThat(worker.pass(InMemoryWorker.message(first))).isEqualTo(new Ending.Finished(true));
        assertThat(worker.parkedHeadStep(InMemoryWorker.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(worker.ledger.effects()).containsExactly("second");
        assertThat(worker.ledger.events("first")).containsExactly("ACCEPTED", "REJECTED");
        assertThat(worker.ledger.row("first").tentativas()).isZero();
    }

    @Test
    void aCancelledParkedHeadEndsWithoutAnEffect() throws SQLException {
        var first = worker.accept("first", "r");
        var second = worker.accept("second", "r");
        worker.pass(InMemoryWorker.message(second));
        worker.pass(InMemoryWorker.message(first));
        worker.ledger.cancel("second");
        assertThat(worker.parkedHeadStep(InMemoryWorker.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(worker.ledger.effects()).containsExactly("first");
        assertThat(worker.ledger.row("second").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aPedidoThatIsCancelledDuringAFailingAttemptIsNotTriedAgain() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.handler.next("p", () -> {
            worker.ledger.cancel("p");
            throw new TransientFailure("no");
        });
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(worker.ledger.events("p")).containsExactly("ACCEPTED", "REJECTED");
    }

    @Test
    void aPedidoThatIsCancelledWhileItsRetryIsRecordedEndsAtOnce() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.failOnce("p");
        worker.ledger.before(statement -> {
            if (statement == Statement.RETRY) {
                worker.ledger.cancel("p");
            }
        });
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.events("p")).contains("RETRY_SCHEDULED").endsWith("REJECTED");
    }

    @Test
    void aPedidoThatIsCancelledWhileItBeginsToWaitForALimitEndsAtOnce() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.handler.next("p", () -> {
            throw new LimitReached("provider");
        });
        worker.ledger.before(statement -> {
            if (statement == Statement.AWAIT_SLOT) {
                worker.ledger.cancel("p");
            }
        });
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aPedidoThatIsCancelledDuringItsPreparationHasNoEffect() throws SQLException {
        var pedido = worker.accept(Preparing.TIPO, "p", "r");
        preparing.meanwhile = () -> worker.ledger.cancel("p");
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aCancelledPedidoThatALiveWorkerHasBegunIsLeftToThatWorker() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.ledger.live("another");
        try (var turn = worker.ledger.entered("r", "p")) {
            turn.markBegun(new Version("p", 0, 0, 0), "another");
        }
        worker.ledger.cancel("p");
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isInstanceOf(Ending.SetAside.class);
        worker.ledger.die("another");
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.row("p").tentativas()).isZero();
    }
}
