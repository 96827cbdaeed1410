package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pedidos are marked before they are tried, and what a mark means for the worker that finds it. */
@Timeout(20)
class BeginMarkTest {

    private final Bench bench = new Bench();

    @Test
    void aFirstDeliveryIsTriedWithoutAMark() throws SQLException {
        var pedido = bench.accept("p", "r");
        var marks = marksSeenWhileTrying("p");
        bench.pass(Bench.message(pedido));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aRedeliveredPedidoIsMarkedBeforeItIsTried() throws SQLException {
        var pedido = bench.accept("p", "r");
        var marks = marksSeenWhileTrying("p");
        bench.pass(Bench.redelivered(pedido));
        assertThat(marks).containsExactly(Bench.WORKER);
    }

    @Test
    void aPedidoWhoseAttemptHasFailedIsTriedWithoutAMark() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.failOnce("p");
        bench.pass(Bench.message(pedido));
        bench.ledger.passTime(Bench.DELAY);
        var marks = marksSeenWhileTrying("p");
        bench.pass(Bench.message(pedido, 1, 1));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aParkedHeadBehindARedeliveryIsMarkedBeforeItIsTried() throws SQLException {
        var message = Bench.redelivered(parkedHead("p", "r"));
        var marks = marksSeenWhileTrying("p");
        assertThat(bench.parkedHeadStep(message).run()).isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(marks).containsExactly(Bench.WORKER);
    }

    /** Otherwise one redelivery would make each later pedido of its line suspect, one after the other. */
    @Test
    void aParkedHeadBehindASuspectThatWasNotRedeliveredIsNotMarked() throws SQLException {
        var message = Bench.message(parkedHead("p", "r")).suspectIf(true);
        var marks = marksSeenWhileTrying("p");
        assertThat(bench.parkedHeadStep(message).run()).isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aParkedHeadBehindARedeliveryMayBeMarkedWhenTheDatabaseFails() throws SQLException {
        var step = bench.parkedHeadStep(Bench.redelivered(parkedHead("p", "r")));
        bench.ledger.before(statement -> {
            if (statement == Statement.FINISH) {
                throw new SQLException("the server is gone", "57P01");
            }
        });
        assertThatThrownBy(step::run)
                .matches(failure -> LedgerFault.kindOf(failure).isPresent());
        assertThat(bench.ledger.row("p").begun()).hasValue(Bench.WORKER);
        assertThat(step.mayHaveMarked()).isTrue();
    }

    @Test
    void theMarkOfThisWorkerIsNoFailure() throws SQLException {
        var pedido = bench.accept("p", "r");
        mark("p", Bench.WORKER);
        assertThat(bench.pass(Bench.redelivered(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.row("p").tentativas()).isEqualTo(1);
    }

    @Test
    void theMarkOfADeadWorkerIsAFailedAttempt() throws SQLException {
        var pedido = bench.accept("p", "r");
        mark("p", "a dead worker");
        assertThat(bench.pass(Bench.redelivered(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), Bench.DELAY, true));
    }

    /** After the database has ended all sessions, for example. */
    @Test
    void theMarkOfAWorkerThatMayStillLiveSetsTheMessageAside() throws SQLException {
        var message = Bench.redelivered(bench.accept("p", "r"));
        mark("p", "a worker on its way to its lock");
        bench.canTellDeaths.set(false);
        assertThat(bench.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(bench.ledger.row("p").tentativas()).isZero();
        assertThat(bench.ledger.row("p").begun()).isPresent();
    }

    @Test
    void theMarkOfALivingWorkerSetsTheMessageAside() throws SQLException {
        var message = Bench.redelivered(bench.accept("p", "r"));
        bench.ledger.live("another worker");
        mark("p", "another worker");
        assertThat(bench.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(bench.ledger.row("p").agendamento()).isZero();
    }

    @Test
    void aMarkedPedidoThatIsSetAsideHasNoMark() throws SQLException {
        var message = Bench.redelivered(bench.accept("p", "r"));
        afterTheMark(() -> bench.ledger.lockElsewhere("r"));
        assertThat(bench.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(bench.ledger.row("p").begun()).isEmpty();
    }

    @Test
    void aMarkedPedidoThatIsParkedHasNoMark() throws SQLException {
        var message = Bench.redelivered(bench.accept("p", "r"));
        afterTheMark(() -> bench.ledger.acceptBefore(new Pedido("before", "simulado", "r", "api", List.of(), null)));
        assertThat(bench.pass(message)).isEqualTo(Bench.skipped(Reason.PARKED));
        assertThat(bench.ledger.row("p").begun()).isEmpty();
    }

    /** Before the next statement. */
    private void afterTheMark(Runnable event) {
        var begun = new AtomicBoolean();
        bench.ledger.before(statement -> {
            if (statement == Statement.MARK_BEGUN) {
                begun.set(true);
            } else if (begun.getAndSet(false)) {
                event.run();
            }
        });
    }

    private void mark(String pedidoId, String worker) throws SQLException {
        try (var turn = bench.ledger.entered("r", pedidoId)) {
            turn.markBegun(new Version(pedidoId, 0, 0, 0), worker);
        }
    }

    /** It came while another pedido stood before it. Returns that other one, which is finished now. */
    private Pedido parkedHead(String pedidoId, String recebedorId) throws SQLException {
        var before = bench.accept("before", recebedorId);
        assertThat(bench.pass(Bench.message(bench.accept(pedidoId, recebedorId))))
                .isEqualTo(Bench.skipped(Reason.PARKED));
        assertThat(bench.pass(Bench.message(before))).isEqualTo(new Ending.Finished(true));
        return before;
    }

    private List<String> marksSeenWhileTrying(String pedidoId) {
        List<String> seen = new ArrayList<>();
        bench.handler.next(pedidoId, () -> {
            seen.add(bench.ledger.row(pedidoId).begun().orElse("none"));
            return new Outcome.Completed(null);
        });
        return seen;
    }
}
