package dev.pedidos.worker.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The turnstile relies on these rules in turns of several receivers. */
public abstract class LotTurnContract extends LockContract {

    @Test
    void aLotComesInTheOrderOfItsLinesAndEachPedidoSaysWhichComesBeforeIt() throws Exception {
        accept("lot-1", "lot");
        accept("lot-2", "lot");
        accept("lot-3", "lot");
        accept("lot-4", "another-lot");
        try (var turn = turns().openLot()) {
            var found = turn.enter(List.of(
                    asked("lot-3", "lot"), asked("lot-4", "another-lot"), asked("lot-1", "lot"), asked("none", "lot")));
            assertThat(found).extracting(LotTurn.Found::pedidoId).containsExactly("lot-1", "lot-3", "lot-4");
            assertThat(found)
                    .extracting(LotTurn.Found::behind)
                    .containsExactly(Optional.empty(), Optional.of("lot-2"), Optional.empty());
            assertThat(found).extracting(one -> one.state().head()).containsExactly(true, false, true);
        }
    }

    @Test
    void theNextHeadsAreThePendingOnesOfATipoAmongTheFirstOfALine() throws Exception {
        for (String pedidoId : List.of("next-1", "next-2", "next-3", "next-4")) {
            accept(pedidoId, "next");
        }
        accept("next-5", "another-next");
        entered("next", "next-3", turn -> turn.park("next-3"));
        entered("next", "next-1", turn -> turn.retry(first("next-1"), AttemptUse.ONE_FAILED, LATER, FAILURE));
        String tipo;
        try (var turn = turns().open()) {
            tipo = turn.enterHead("next").orElseThrow().tipo();
        }
        try (var turn = turns().openLot()) {
            assertThat(turn.nextHeads("next", tipo, 3))
                    .extracting(Head::pedidoId, Head::parked)
                    .containsExactly(tuple("next-2", false), tuple("next-3", true));
            assertThat(turn.nextHeads("next", "another-tipo", 3)).isEmpty();
            assertThat(turn.nextHeads("nobody", tipo, 3)).isEmpty();
        }
    }

    @Test
    void aLotIsFinishedTogetherAndSaysBehindWhichOneIsParked() throws Exception {
        for (String pedidoId : List.of("all-1", "all-2", "all-3")) {
            accept(pedidoId, "all");
        }
        accept("alone", "alone");
        entered("all", "all-3", turn -> turn.park("all-3"));
        try (var turn = turns().openLot()) {
            turn.enter(List.of(asked("all-1", "all"), asked("all-2", "all"), asked("alone", "alone")));
            assertThat(turn.finish(List.of(
                            finished("all-1", "all", PedidoStatus.COMPLETED),
                            finished("all-2", "all", PedidoStatus.REJECTED),
                            finished("alone", "alone", PedidoStatus.COMPLETED))))
                    .containsExactly("all");
        }
        assertThat(row("all-1").status()).isEqualTo(PedidoStatus.COMPLETED);
        assertThat(row("all-2").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(row("all-2").tentativas()).isEqualTo(1);
        assertThat(events("all-1")).containsExactly("PROCESSING", "COMPLETED");
        assertThat(events("all-2")).containsExactly("PROCESSING", "REJECTED");
        assertThat(events("alone")).containsExactly("PROCESSING", "COMPLETED");
        assertThat(look("all", "all-3").head()).isTrue();
    }

    @Test
    void aLotOfWhichOnePedidoIsFinishedAlreadyIsNotFinished() throws Exception {
        accept("half-1", "half-1");
        accept("half-2", "half-2");
        finish("half-2", "half-2");
        try (var turn = turns().openLot()) {
            turn.enter(List.of(asked("half-1", "half-1"), asked("half-2", "half-2")));
            assertThatThrownBy(() -> turn.finish(List.of(
                            finished("half-1", "half-1", PedidoStatus.COMPLETED),
                            finished("half-2", "half-2", PedidoStatus.COMPLETED))))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(row("half-1").status()).isEqualTo(PedidoStatus.PENDING);
        assertThat(events("half-1")).isEmpty();
        assertThat(events("half-2")).containsExactly("PROCESSING", "COMPLETED");
    }

    @Test
    void aLotHoldsTheLocksOfAllItsReceivers() throws Exception {
        accept("locked-1", "locked-1");
        accept("locked-2", "locked-2");
        try (var turn = turns().openLot()) {
            turn.enter(List.of(asked("locked-1", "locked-1"), asked("locked-2", "locked-2")));
            for (String kept : List.of("locked-1", "locked-2")) {
                assertThatThrownBy(() -> lookingBeside(kept, kept).get(10, TimeUnit.SECONDS))
                        .cause()
                        .cause()
                        .isInstanceOf(ReceiverLockTimeout.class);
            }
        }
        assertThat(look("locked-1", "locked-1").head()).isTrue();
    }

    @Test
    void aLotWhoseLockIsKeptElsewhereIsATimeout() throws Exception {
        accept("elsewhere", "elsewhere");
        try (var turn = turns().open();
                var lot = turns().openLot()) {
            turn.enter("elsewhere", "elsewhere");
            assertThatThrownBy(() -> lot.enter(List.of(asked("elsewhere", "elsewhere"))))
                    .isInstanceOf(ReceiverLockTimeout.class);
        }
    }

    private static LotTurn.Asked asked(String pedidoId, String recebedorId) {
        return new LotTurn.Asked(pedidoId, recebedorId);
    }

    private static FinalState finished(String pedidoId, String recebedorId, PedidoStatus status) {
        return new FinalState(first(pedidoId), recebedorId, status, null, null);
    }
}
