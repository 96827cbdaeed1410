package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
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
    private final Bench bench = new Bench(List.of(preparing));

    @Test
    void aCancelledHeadEndsWithoutAnEffectAndItsReceiverGoesOn() throws SQLException {
        var first = bench.accept("first", "r");
        var second = bench.accept("second", "r");
        bench.ledger.cancel("first");
        assertThat(bench.pass(Bench.message(second))).isEqualTo(Bench.skipped(Reason.PARKED));
        assertThat(bench.pass(Bench.message(first))).isEqualTo(new Ending.Finished(true));
        assertThat(bench.parkedHeadStep(Bench.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(bench.ledger.effects()).containsExactly("second");
        assertThat(bench.ledger.events("first")).containsExactly("ACCEPTED", "REJECTED");
        assertThat(bench.ledger.row("first").tentativas()).isZero();
    }

    @Test
    void aCancelledParkedHeadEndsWithoutAnEffect() throws SQLException {
        var first = bench.accept("first", "r");
        var second = bench.accept("second", "r");
        bench.pass(Bench.message(second));
        bench.pass(Bench.message(first));
        bench.ledger.cancel("second");
        assertThat(bench.parkedHeadStep(Bench.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(bench.ledger.effects()).containsExactly("first");
        assertThat(bench.ledger.row("second").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aPedidoThatIsCancelledDuringAFailingAttemptIsNotTriedAgain() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.handler.next("p", () -> {
            bench.ledger.cancel("p");
            throw new TransientFailure("no");
        });
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(bench.ledger.events("p")).containsExactly("ACCEPTED", "REJECTED");
    }

    @Test
    void aPedidoThatIsCancelledWhileItsRetryIsRecordedEndsAtOnce() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.failOnce("p");
        bench.ledger.before(statement -> {
            if (statement == Statement.RETRY) {
                bench.ledger.cancel("p");
            }
        });
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.events("p")).contains("RETRY_SCHEDULED").endsWith("REJECTED");
    }

    @Test
    void aPedidoThatIsCancelledWhileItBeginsToWaitForALimitEndsAtOnce() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.handler.next("p", () -> {
            throw new LimitReached("provider");
        });
        bench.ledger.before(statement -> {
            if (statement == Statement.AWAIT_SLOT) {
                bench.ledger.cancel("p");
            }
        });
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aPedidoThatIsCancelledDuringItsPreparationHasNoEffect() throws SQLException {
        var pedido = bench.accept(Preparing.TIPO, "p", "r");
        preparing.meanwhile = () -> bench.ledger.cancel("p");
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.effects()).isEmpty();
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    @Test
    void aCancelledPedidoThatALiveWorkerHasBegunIsLeftToThatWorker() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.ledger.live("another");
        try (var turn = bench.ledger.entered("r", "p")) {
            turn.markBegun(new Version("p", 0, 0, 0), "another");
        }
        bench.ledger.cancel("p");
        assertThat(bench.pass(Bench.redelivered(pedido))).isInstanceOf(Ending.SetAside.class);
        bench.ledger.die("another");
        assertThat(bench.pass(Bench.redelivered(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.row("p").tentativas()).isZero();
    }
}
