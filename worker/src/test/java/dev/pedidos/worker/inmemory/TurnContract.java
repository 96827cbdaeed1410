package dev.pedidos.worker.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The turnstile relies on these rules in turns of one receiver: its line, and how a turn ends. */
public abstract class TurnContract extends TurnsUnderTest {

    @Test
    void theFirstOfALineIsItsHeadAndTheSecondIsNot() throws Exception {
        accept("line-1", "line");
        accept("line-2", "line");
        accept("line-3", "another-line");
        assertThat(look("line", "line-1").head()).isTrue();
        assertThat(look("line", "line-2").head()).isFalse();
        assertThat(look("another-line", "line-3").head()).isTrue();
    }

    @Test
    void aNewPedidoIsPendingAndDue() throws Exception {
        accept("new", "new");
        var state = look("new", "new");
        assertThat(state.status()).isEqualTo(PedidoStatus.PENDING);
        assertThat(state.version("new")).isEqualTo(first("new"));
        assertThat(state.dueInMillis()).isZero();
        assertThat(state.begun()).isEmpty();
    }

    @Test
    void aPedidoThatTheLedgerDoesNotKnowIsEmpty() throws Exception {
        try (var turn = turns().open()) {
            assertThat(turn.enter("nobody", "unknown")).isEmpty();
        }
        assertThat(head("nobody")).isEmpty();
    }

    @Test
    void aFinishedHeadMakesTheNextOneTheHead() throws Exception {
        accept("finish-1", "finish");
        accept("finish-2", "finish");
        assertThat(finish("finish-1", "finish")).as("one behind it is parked").isFalse();
        assertThat(look("finish", "finish-2").head()).isTrue();
        assertThat(row("finish-1").status()).isEqualTo(PedidoStatus.COMPLETED);
        assertThat(row("finish-1").tentativas()).isEqualTo(1);
        assertThat(events("finish-1")).containsExactly("PROCESSING", "COMPLETED");
    }

    @Test
    void aParkedPedidoIsFoundWhenItIsTheHead() throws Exception {
        accept("park-1", "park");
        accept("park-2", "park");
        entered("park", "park-2", turn -> turn.park("park-2"));
        assertThat(row("park-2").parked()).isTrue();
        assertThat(head("park")).map(Head::pedidoId).hasValue("park-1");
        assertThat(turns().parkedHeadOf("park")).isEmpty();
        assertThat(finish("park-1", "park")).as("one behind it is parked").isTrue();
        assertThat(turns().parkedHeadOf("park")).map(Head::pedidoId).hasValue("park-2");
        assertThat(head("park").orElseThrow().payloadHash())
                .isEqualTo(look("park", "park-2").payloadHash());
    }

    @Test
    void aSecondFinishFailsAndLeavesOneEffect() throws Exception {
        accept("twice", "twice");
        finish("twice", "twice");
        assertThatThrownBy(() -> finish("twice", "twice"))
                .as("refused by the compare of the version, not by the key of the effect")
                .satisfies(failure -> assertThat(LedgerFault.stateOf(failure)).isEqualTo("22012"));
        assertThat(events("twice")).containsExactly("PROCESSING", "COMPLETED");
    }

    @Test
    void aSecondEffectIsRefusedByItsKeyAndTheRowCanBeMadeToAgree() throws Exception {
        accept("adopt", "adopt");
        finish("adopt", "adopt");
        reopen("adopt");
        assertThatThrownBy(() -> finish("adopt", "adopt"))
                .satisfies(failure -> assertThat(LedgerFault.stateOf(failure)).isEqualTo("23505"))
                .hasMessageContaining("operation_events_one_effect");
        entered("adopt", "adopt", turn -> turn.adoptEffect("adopt"));
        assertThat(row("adopt").status()).isEqualTo(PedidoStatus.COMPLETED);
    }

    @Test
    void aRetryHoldsItsLineUntilItIsDue() throws Exception {
        accept("retry-1", "retry");
        accept("retry-2", "retry");
        entered("retry", "retry-1", turn -> turn.park("retry-1"));
        entered(
                "retry",
                "retry-1",
                turn -> assertThat(turn.retry(first("retry-1"), AttemptUse.ONE_FAILED, LATER, FAILURE))
                        .hasValue(new Version("retry-1", 0, 1, 1)));
        var row = row("retry-1");
        assertThat(row.status()).isEqualTo(PedidoStatus.RETRYING);
        assertThat(row.erroMensagem()).hasValue(FAILURE.erroMensagem());
        assertThat(row.parked()).as("parked").isFalse();
        assertThat(row.published()).as("published").isFalse();
        assertThat(look("retry", "retry-1").dueInMillis()).isPositive();
        assertThat(look("retry", "retry-2").head()).isFalse();
        assertThat(events("retry-1")).containsExactly("PROCESSING", "RETRY_SCHEDULED");

        entered("retry", "retry-1", turn -> turn.leaveToRelay(new Version("retry-1", 0, 1, 1)));
        assertThat(row("retry-1").published()).as("published").isTrue();
        assertThat(look("retry", "retry-1").dueInMillis()).isPositive();

        entered("retry", "retry-1", turn -> turn.dueNow(new Version("retry-1", 0, 1, 1)));
        assertThat(look("retry", "retry-1").dueInMillis()).isZero();
    }

    @Test
    void aPedidoThatIsPutOffHasUsedNoAttempt() throws Exception {
        accept("put-off", "put-off");
        entered(
                "put-off",
                "put-off",
                turn -> assertThat(turn.retry(first("put-off"), AttemptUse.NONE, LATER, FAILURE))
                        .hasValue(new Version("put-off", 0, 1, 0)));
        assertThat(row("put-off").tentativas()).isZero();
    }

    @Test
    void aPedidoThatWaitsForACallHoldsItsLineAndHasUsedNoAttempt() throws Exception {
        accept("limited-1", "limited");
        accept("limited-2", "limited");
        entered("limited", "limited-1", turn -> turn.park("limited-1"));
        entered(
                "limited",
                "limited-1",
                turn -> assertThat(turn.awaitSlot(first("limited-1"), "banco", false))
                        .hasValue(new Version("limited-1", 0, 1, 0)));
        var row = row("limited-1");
        assertThat(row.status()).isEqualTo(PedidoStatus.RETRYING);
        assertThat(row.parked()).as("parked").isFalse();
        assertThat(row.published()).as("no message is to be published").isTrue();
        assertThat(look("limited", "limited-1").dueInMillis()).isZero();
        assertThat(look("limited", "limited-2").head()).isFalse();
        assertThat(events("limited-1")).containsExactly("PROCESSING", "RETRY_SCHEDULED");
        entered(
                "limited",
                "limited-1",
                turn -> assertThat(turn.awaitSlot(first("limited-1"), "banco", false))
                        .isEmpty());
    }

    @Test
    void afterTheClockIsSetBackARetryWaitsForItsDelayAgainAndACallForNothing() throws Exception {
        accept("retry-back", "retry-back");
        accept("limited-back", "limited-back");
        entered(
                "retry-back",
                "retry-back",
                turn -> turn.retry(first("retry-back"), AttemptUse.ONE_FAILED, LATER, FAILURE));
        entered("limited-back", "limited-back", turn -> turn.awaitSlot(first("limited-back"), "banco", false));
        setClockBack(LATER.multipliedBy(2));
        assertThat(look("retry-back", "retry-back").dueInMillis())
                .isBetween(LATER.toMillis(), LATER.plusMillis(1).toMillis());
        assertThat(look("limited-back", "limited-back").dueInMillis()).isZero();
    }

    @Test
    void whatWasDecidedForAnOlderVersionChangesNothing() throws Exception {
        accept("old", "old");
        entered("old", "old", turn -> turn.retry(first("old"), AttemptUse.ONE_FAILED, LATER, FAILURE));
        entered(
                "old",
                "old",
                turn -> assertThat(turn.retry(first("old"), AttemptUse.ONE_FAILED, LATER, FAILURE))
                        .isEmpty());
        entered(
                "old",
                "old",
                turn -> assertThat(turn.deadLetter(first("old"), "GONE", FAILURE, OnDeadLetter.CONTINUE))
                        .isEmpty());
        assertThatThrownBy(() -> finish("old", "old")).isInstanceOf(SQLException.class);
        assertThat(row("old").agendamento()).isEqualTo(1);
        assertThat(row("old").status()).isEqualTo(PedidoStatus.RETRYING);
    }

    @Test
    void aFailureOfAFinishedPedidoIsNotRecorded() throws Exception {
        accept("late", "late");
        finish("late", "late");
        entered(
                "late",
                "late",
                turn -> assertThat(turn.retry(first("late"), AttemptUse.ONE_FAILED, LATER, FAILURE))
                        .isEmpty());
        entered(
                "late",
                "late",
                turn -> assertThat(turn.deadLetter(first("late"), "GONE", FAILURE, OnDeadLetter.CONTINUE))
                        .isEmpty());
        assertThat(events("late")).containsExactly("PROCESSING", "COMPLETED");
    }

    @Test
    void aDeadLetterLetsItsReceiverGoOnUnlessItHolds() throws Exception {
        accept("dead-1", "dead");
        accept("dead-2", "dead");
        accept("hold-1", "hold");
        accept("hold-2", "hold");
        entered(
                "dead",
                "dead-1",
                turn -> assertThat(turn.deadLetter(first("dead-1"), "GONE", FAILURE, OnDeadLetter.CONTINUE))
                        .hasValueSatisfying(
                                death -> assertThat(death.tentativas()).isEqualTo(1)));
        entered("hold", "hold-1", turn -> turn.deadLetter(first("hold-1"), "GONE", FAILURE, OnDeadLetter.HOLD));
        assertThat(look("dead", "dead-2").head()).isTrue();
        assertThat(look("hold", "hold-2").head()).isFalse();
        assertThat(events("dead-1")).containsExactly("PROCESSING", "DEAD_LETTERED");
    }

    @Test
    void aBeginMarkStaysUntilTheAttemptHasAnEnding() throws Exception {
        accept("begin", "begin");
        entered("begin", "begin", turn -> turn.markBegun(first("begin"), "a dead worker"));
        assertThat(look("begin", "begin").begun()).hasValue(new PedidoState.Beginner("a dead worker", false));
        assertThat(head("begin")).map(Head::begun).hasValue(true);
        entered("begin", "begin", turn -> turn.retry(first("begin"), AttemptUse.ONE_FAILED, LATER, FAILURE));
        assertThat(look("begin", "begin").begun()).isEmpty();
    }

    @Test
    void aParkedPedidoKeepsTheMarkOfADeadWorker() throws Exception {
        accept("begin-park", "begin-park");
        entered("begin-park", "begin-park", turn -> turn.markBegun(first("begin-park"), "a dead worker"));
        entered("begin-park", "begin-park", turn -> turn.park("begin-park"));
        assertThat(row("begin-park").begun()).hasValue("a dead worker");
    }

    @Test
    void aMarkIsTakenBackByItsWorkerOnly() throws Exception {
        accept("unmark", "unmark");
        entered("unmark", "unmark", turn -> turn.markBegun(first("unmark"), "one worker"));
        turns().unmark("unmark", "another worker");
        assertThat(row("unmark").begun()).hasValue("one worker");
        turns().unmark("unmark", "one worker");
        assertThat(row("unmark").begun()).isEmpty();
    }

    @Test
    void aCancelledPedidoEndsWithoutAnAttempt() throws Exception {
        accept("cancel-1", "cancel");
        accept("cancel-2", "cancel");
        cancel("cancel-1");
        assertThat(look("cancel", "cancel-1").cancelled()).isTrue();
        assertThat(head("cancel")).map(Head::cancelled).hasValue(true);
        assertThat(look("cancel", "cancel-2").cancelled()).isFalse();
        entered("cancel", "cancel-2", turn -> turn.park("cancel-2"));
        entered(
                "cancel",
                "cancel-1",
                turn -> assertThat(turn.cancel(first("cancel-1"), "cancel")).isTrue());
        assertThat(row("cancel-1").status()).isEqualTo(PedidoStatus.REJECTED);
        assertThat(row("cancel-1").tentativas()).isZero();
        assertThat(events("cancel-1")).containsExactly("REJECTED");
    }

    @Test
    void otherContentIsRecordedOncePerContent() throws Exception {
        accept("conflict", "conflict");
        for (byte content : new byte[] {1, 2, 1}) {
            entered("conflict", "conflict", turn -> turn.conflict("conflict", new byte[] {content}));
        }
        assertThat(events("conflict"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event).startsWith("CONFLICT"));
    }
}
