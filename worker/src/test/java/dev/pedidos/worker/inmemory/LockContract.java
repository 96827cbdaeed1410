package dev.pedidos.worker.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
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
        assertSeesTheTurnBeforeIt("wait", () -> look("wait", "wait-2"));
    }

    @Test
    void aLockThatIsKeptForTooLongIsATimeout() throws Exception {
        assertTimesOut("kept", () -> look("kept", "kept"));
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
        assertSeesTheTurnBeforeIt(
                "looked", () -> turns().look("looked", "looked-2").orElseThrow());
    }

    @Test
    void aLookWhoseLockIsKeptForTooLongIsATimeout() throws Exception {
        assertTimesOut("barred", () -> turns().look("barred", "barred").orElseThrow());
    }

    /** @param second looks for the second pedido of the receiver's line */
    private void assertSeesTheTurnBeforeIt(String recebedorId, Looking second) throws Exception {
        String head = recebedorId + "-1";
        accept(head, recebedorId);
        accept(recebedorId + "-2", recebedorId);
        waitLong();
        try (var turn = turns().open()) {
            turn.enter(recebedorId, head);
            var waiting = beside(second);
            awaitWaitingTurn(recebedorId);
            turn.finish(new FinalState(first(head), recebedorId, PedidoStatus.COMPLETED, null, null));
            assertThat(waiting.get(10, TimeUnit.SECONDS).head()).isTrue();
        }
    }

    /** @param other looks for the receiver's pedido, which has its id */
    private void assertTimesOut(String recebedorId, Looking other) throws Exception {
        accept(recebedorId, recebedorId);
        try (var turn = turns().open()) {
            turn.enter(recebedorId, recebedorId);
            assertThatThrownBy(() -> beside(other).get(10, TimeUnit.SECONDS))
                    .cause()
                    .cause()
                    .isInstanceOf(ReceiverLockTimeout.class);
        }
    }
}
