package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.execution.MissingHandler;
import dev.pedidos.worker.execution.MissingUndo;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker that lacks what a pedido needs leaves it to another worker, if there is one. */
class MissingHandlerTest {

    private final InMemoryWorker worker = new InMemoryWorker();

    @Test
    void aTipoWithoutAHandlerIsDead() throws SQLException {
        var pedido = worker.accept("unheard-of", "p", "r");
        assertThat(worker.pass(InMemoryWorker.message(pedido)))
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    @Test
    void aTipoThatAnotherWorkerHandlesIsPutOffWithoutAnAttempt() throws SQLException {
        worker.ledger.othersHandle.add("rolled-out");
        var pedido = worker.accept("rolled-out", "p", "r");
        for (int i = 0; i < 120; i++) {
            assertThat(worker.pass(InMemoryWorker.message(pedido, i, 0)))
                    .isInstanceOfSatisfying(
                            Ending.Retrying.class,
                            retrying -> assertThat(retrying.next().tentativas()).isZero());
            worker.ledger.passTime(Duration.ofMinutes(1));
        }

        assertThat(worker.pass(InMemoryWorker.message(pedido, 120, 0)))
                .as("no rollout takes so long")
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    /** After the database was away, for example. */
    @Test
    void aTipoThatAnotherWorkerMayHandleIsPutOffWithoutAnAttempt() throws SQLException {
        worker.canTellTheLiving.set(false);
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("perhaps-elsewhere", "p", "r"))))
                .isEqualTo(putOff());
    }

    @Test
    void aCancellationIsLeftToAWorkerThatHasTheHandlerOfItsPedido() throws SQLException {
        worker.ledger.othersHandle.add("rolled-out");
        failsWith(new MissingHandler("rolled-out"));
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationOfAPedidoWithoutAHandlerIsDead() throws SQLException {
        failsWith(new MissingHandler("unheard-of"));
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("p", "r"))))
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    @Test
    void aCancellationIsLeftToAWorkerThatCanUndoItsPedido() throws SQLException {
        worker.ledger.othersUndo.add("rolled-out");
        failsWith(new MissingUndo("rolled-out"));
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationIsLeftToAWorkerThatMayBeAbleToUndoItsPedido() throws SQLException {
        worker.canTellTheLiving.set(false);
        failsWith(new MissingUndo("perhaps-elsewhere"));
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationIsRefusedIfNoLivingWorkerCanUndoItsPedido() throws SQLException {
        failsWith(new MissingUndo("final"));
        assertThat(worker.pass(InMemoryWorker.message(worker.accept("p", "r")))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    private void failsWith(Exception failure) {
        worker.handler.next("p", () -> {
            throw failure;
        });
    }

    private Ending putOff() {
        return new Ending.Retrying(worker.pedido("p"), new Version("p", 0, 1, 0), InMemoryWorker.DELAY, false);
    }
}
