package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
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

    private final InMemoryWorker worker = new InMemoryWorker();

    @Test
    void aFirstDeliveryIsTriedWithoutAMark() throws SQLException {
        var pedido = worker.accept("p", "r");
        var marks = marksSeenWhileTrying("p");
        worker.pass(InMemoryWorker.message(pedido));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aRedeliveredPedidoIsMarkedBeforeItIsTried() throws SQLException {
        var pedido = worker.accept("p", "r");
        var marks = marksSeenWhileTrying("p");
        worker.pass(InMemoryWorker.redelivered(pedido));
        assertThat(marks).containsExactly(InMemoryWorker.WORKER);
    }

    @Test
    void aPedidoWhoseAttemptHasFailedIsTriedWithoutAMark() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.failOnce("p");
        worker.pass(InMemoryWorker.message(pedido));
        worker.ledger.passTime(InMemoryWorker.DELAY);
        var marks = marksSeenWhileTrying("p");
        worker.pass(InMemoryWorker.message(pedido, 1, 1));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aParkedHeadBehindARedeliveryIsMarkedBeforeItIsTried() throws SQLException {
        var message = InMemoryWorker.redelivered(parkedHead("p", "r"));
        var marks = marksSeenWhileTrying("p");
        assertThat(worker.parkedHeadStep(message).run()).isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(marks).containsExactly(InMemoryWorker.WORKER);
    }

    /** Otherwise one redelivery would make each later pedido of its line suspect, one after the other. */
    @Test
    void aParkedHeadBehindASuspectThatWasNotRedeliveredIsNotMarked() throws SQLException {
        var message = InMemoryWorker.message(parkedHead("p", "r")).suspectIf(true);
        var marks = marksSeenWhileTrying("p");
        assertThat(worker.parkedHeadStep(message).run()).isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(marks).containsExactly("none");
    }

    @Test
    void aParkedHeadBehindARedeliveryMayBeMarkedWhenTheDatabaseFails() throws SQLException {
        var step = worker.parkedHeadStep(InMemoryWorker.redelivered(parkedHead("p", "r")));
        worker.ledger.before(statement -> {
            if (statement == Statement.FINISH) {
                throw new SQLException("the server is gone", "57P01");
            }
        });
        assertThatThrownBy(step::run)
                .matches(failure -> LedgerFault.kindOf(failure).isPresent());
        assertThat(worker.ledger.row("p").begun()).hasValue(InMemoryWorker.WORKER);
        assertThat(step.mayHaveMarked()).isTrue();
    }

    @Test
    void theMarkOfThisWorkerIsNoFailure() throws SQLException {
        var pedido = worker.accept("p", "r");
        mark("p", InMemoryWorker.WORKER);
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.row("p").tentativas()).isEqualTo(1);
    }

    @Test
    void theMarkOfADeadWorkerIsAFailedAttempt() throws SQLException {
        var pedido = worker.accept("p", "r");
        mark("p", "a dead worker");
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), InMemoryWorker.DELAY, true));
    }

    /** After the database has ended all sessions, for example. */
    @Test
    void theMarkOfAWorkerThatMayStillLiveSetsTheMessageAside() throws SQLException {
        var message = InMemoryWorker.redelivered(worker.accept("p", "r"));
        mark("p", "a worker on its way to its lock");
        worker.canTellDeaths.set(false);
        assertThat(worker.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(worker.ledger.row("p").tentativas()).isZero();
        assertThat(worker.ledger.row("p").begun()).isPresent();
    }

    @Test
    void theMarkOfALivingWorkerSetsTheMessageAside() throws SQLException {
        var message = InMemoryWorker.redelivered(worker.accept("p", "r"));
        worker.ledger.live("another worker");
        mark("p", "another worker");
        assertThat(worker.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(worker.ledger.row("p").agendamento()).isZero();
    }

    @Test
    void aMarkedPedidoThatIsSetAsideHasNoMark() throws SQLException {
        var message = InMemoryWorker.redelivered(worker.accept("p", "r"));
        afterTheMark(() -> worker.ledger.locks.lockElsewhere("r"));
        assertThat(worker.pass(message)).isEqualTo(new Ending.SetAside(message));
        assertThat(worker.ledger.row("p").begun()).isEmpty();
    }

    @Test
    void aMarkedPedidoThatIsParkedHasNoMark() throws SQLException {
        var message = InMemoryWorker.redelivered(worker.accept("p", "r"));
        afterTheMark(() -> worker.ledger.acceptBefore(new Pedido("before", "simulado", "r", "api", List.of(), null)));
        assertThat(worker.pass(message)).isEqualTo(InMemoryWorker.skipped(Reason.PARKED));
        assertThat(worker.ledger.row("p").begun()).isEmpty();
    }

    /** Before the next statement. */
    private void afterTheMark(Runnable event) {
        var begun = new AtomicBoolean();
        worker.ledger.before(statement -> {
            if (statement == Statement.MARK_BEGUN) {
                begun.set(true);
            } else if (begun.getAndSet(false)) {
                event.run();
            }
        });
    }

    private void mark(String pedidoId, String beginner) throws SQLException {
        try (var turn = worker.ledger.entered("r", pedidoId)) {
            turn.markBegun(new Version(pedidoId, 0, 0, 0), beginner);
        }
    }

    /** It came while another pedido stood before it. Returns that other one, which is finished now. */
    private Pedido parkedHead(String pedidoId, String recebedorId) throws SQLException {
        var before = worker.accept("before", recebedorId);
        assertThat(worker.pass(InMemoryWorker.message(worker.accept(pedidoId, recebedorId))))
                .isEqualTo(InMemoryWorker.skipped(Reason.PARKED));
        assertThat(worker.pass(InMemoryWorker.message(before))).isEqualTo(new Ending.Finished(true));
        return before;
    }

    private List<String> marksSeenWhileTrying(String pedidoId) {
        List<String> seen = new ArrayList<>();
        worker.handler.next(pedidoId, () -> {
            seen.add(worker.ledger.row(pedidoId).begun().orElse("none"));
            return new Outcome.Completed(null);
        });
        return seen;
    }
}
