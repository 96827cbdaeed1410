package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.execution.MissingHandler;
import dev.pedidos.worker.execution.MissingUndo;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker that lacks what a pedido needs leaves it to another worker, if there is one. */
class MissingHandlerTest {

    private final Bench bench = new Bench();

    @Test
    void aTipoWithoutAHandlerIsDead() throws SQLException {
        var pedido = bench.accept("unheard-of", "p", "r");
        assertThat(bench.pass(Bench.message(pedido)))
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    @Test
    void aTipoThatAnotherWorkerHandlesIsPutOffWithoutAnAttempt() throws SQLException {
        bench.ledger.othersHandle.add("rolled-out");
        var pedido = bench.accept("rolled-out", "p", "r");
        for (int i = 0; i < 120; i++) {
            assertThat(bench.pass(Bench.message(pedido, i, 0)))
                    .isInstanceOfSatisfying(
                            Ending.Retrying.class,
                            retrying -> assertThat(retrying.next().tentativas()).isZero());
            bench.ledger.passTime(Duration.ofMinutes(1));
        }

        assertThat(bench.pass(Bench.message(pedido, 120, 0)))
                .as("no rollout takes so long")
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    /** After the database was away, for example. */
    @Test
    void aTipoThatAnotherWorkerMayHandleIsPutOffWithoutAnAttempt() throws SQLException {
        bench.canTellTheLiving.set(false);
        assertThat(bench.pass(Bench.message(bench.accept("perhaps-elsewhere", "p", "r"))))
                .isEqualTo(putOff());
    }

    @Test
    void aCancellationIsLeftToAWorkerThatHasTheHandlerOfItsPedido() throws SQLException {
        bench.ledger.othersHandle.add("rolled-out");
        failsWith(new MissingHandler("rolled-out"));
        assertThat(bench.pass(Bench.message(bench.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationOfAPedidoWithoutAHandlerIsDead() throws SQLException {
        failsWith(new MissingHandler("unheard-of"));
        assertThat(bench.pass(Bench.message(bench.accept("p", "r"))))
                .isInstanceOfSatisfying(
                        Ending.Dead.class,
                        dead -> assertThat(dead.death().motivo()).isEqualTo("TIPO_DESCONHECIDO"));
    }

    @Test
    void aCancellationIsLeftToAWorkerThatCanUndoItsPedido() throws SQLException {
        bench.ledger.othersUndo.add("rolled-out");
        failsWith(new MissingUndo("rolled-out"));
        assertThat(bench.pass(Bench.message(bench.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationIsLeftToAWorkerThatMayBeAbleToUndoItsPedido() throws SQLException {
        bench.canTellTheLiving.set(false);
        failsWith(new MissingUndo("perhaps-elsewhere"));
        assertThat(bench.pass(Bench.message(bench.accept("p", "r")))).isEqualTo(putOff());
    }

    @Test
    void aCancellationIsRefusedIfNoLivingWorkerCanUndoItsPedido() throws SQLException {
        failsWith(new MissingUndo("final"));
        assertThat(bench.pass(Bench.message(bench.accept("p", "r")))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.REJECTED);
    }

    private void failsWith(Exception failure) {
        bench.handler.next("p", () -> {
            throw failure;
        });
    }

    private Ending putOff() {
        return new Ending.Retrying(bench.pedido("p"), new Version("p", 0, 1, 0), Bench.DELAY, false);
    }
}
