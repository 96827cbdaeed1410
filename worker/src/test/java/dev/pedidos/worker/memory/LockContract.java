package dev.pedidos.worker.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The turnstile relies on these rules when several turns of one receiver meet. */
public abstract class LockContract extends TurnContract {

    @Test
    void aTurnThatIsClosedWithoutAnEndingLetsTheNextOneIn() throws Exception {
        accept("closed", "closed");
        entered("closed", "closed", turn -> {});
        assertThat(finish("closed", "closed")).isFalse();
    }

    @Test
    void aTurnThatWaitedSeesWhatTheOneBeforeItCommitted() throws Exception {
        accept("wait-1", "wait");
        accept("wait-2", "wait");
        try (var turn = turns().open()) {
            turn.enter("wait", "wait-1");
            var waiting = lookingBeside("wait", "wait-2");
            awaitWaitingTurn("wait");
            turn.finish(first("wait-1"), "wait", PedidoStatus.COMPLETED, null, null);
            assertThat(waiting.get(10, TimeUnit.SECONDS).head()).isTrue();
        }
    }

    @Test
    void aLockThatIsKeptForTooLongIsATimeout() throws Exception {
        accept("kept", "kept");
        try (var turn = turns().open()) {
            turn.enter("kept", "kept");
            assertThatThrownBy(() -> lookingBeside("kept", "kept").get(10, TimeUnit.SECONDS))
                    .cause()
                    .cause()
                    .isInstanceOf(ReceiverLockTimeout.class);
        }
    }

    @Test
    void aLookFindsWhatATurnFindsAndLeavesTheLockFree() throws Exception {
        accept("look-1", "look");
        accept("look-2", "look");
        assertThat(turns().look("look", "look-1").orElseThrow().head()).isTrue();
        assertThat(turns().look("look", "look-2").orElseThrow().head()).isFalse();
        assertThat(turns().look("look", "unknown")).isEmpty();
        assertThat(lookingBeside("look", "look-1").get(10, TimeUnit.SECONDS).version("look-1"))
                .isEqualTo(first("look-1"));
    }

    @Test
    void aLookThatWaitedSeesWhatTheTurnBeforeItCommitted() throws Exception {
        accept("looked-1", "looked");
        accept("looked-2", "looked");
        try (var turn = turns().open()) {
            turn.enter("looked", "looked-1");
            var waiting = beside(() -> turns().look("looked", "looked-2").orElseThrow());
            awaitWaitingTurn("looked");
            turn.finish(first("looked-1"), "looked", PedidoStatus.COMPLETED, null, null);
            assertThat(waiting.get(10, TimeUnit.SECONDS).head()).isTrue();
        }
    }

    @Test
    void aLookWhoseLockIsKeptForTooLongIsATimeout() throws Exception {
        accept("barred", "barred");
        try (var turn = turns().open()) {
            turn.enter("barred", "barred");
            assertThatThrownBy(
                            () -> beside(() -> turns().look("barred", "barred").orElseThrow())
                                    .get(10, TimeUnit.SECONDS))
                    .cause()
                    .cause()
                    .isInstanceOf(ReceiverLockTimeout.class);
        }
    }
}
