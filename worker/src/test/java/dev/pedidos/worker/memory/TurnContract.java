package dev.pedidos.worker.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the turnstile relies on, for the ledger in PostgreSQL and for the one in memory. */
public abstract class TurnContract {

    private static final Failure FAILURE = new Failure("Broken", "said so");
    private static final Duration LATER = Duration.ofHours(1);

    /** The ledger under test: each test uses pedidos and receivers of its own. */
    protected abstract Turns turns();

    /** Puts a new pedido at the end of its receiver's line. */
    protected abstract void accept(String pedidoId, String recebedorId) throws Exception;

    protected abstract RowView row(String pedidoId) throws Exception;

    /** The types of a pedido's events in their order, without ACCEPTED. */
    protected abstract List<String> events(String pedidoId) throws Exception;

    /** A client cancels the pedido. */
    protected abstract void cancel(String pedidoId);

    /** Makes the row unfinished again, though its final event is there. */
    protected abstract void reopen(String pedidoId) throws Exception;

    /** Returns when a turn waits for a receiver's lock. */
    protected abstract void awaitWaitingTurn() throws Exception;

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
        assertThat(state.status()).isEqualTo(Status.PENDING);
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
        assertThat(finish("finish-1", "finish")).as("the next is parked").isFalse();
        assertThat(look("finish", "finish-2").head()).isTrue();
        assertThat(row("finish-1").status()).isEqualTo(Status.COMPLETED);
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
        assertThat(finish("park-1", "park")).as("the next is parked").isTrue();
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
        assertThat(row("adopt").status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aRetryHoldsItsLineUntilItIsDue() throws Exception {
        accept("retry-1", "retry");
        accept("retry-2", "retry");
        entered("retry", "retry-1", turn -> turn.park("retry-1"));
        entered(
                "retry",
                "retry-1",
                turn -> assertThat(turn.retry(first("retry-1"), 1, LATER, FAILURE))
                        .hasValue(new Version("retry-1", 0, 1, 1)));
        var row = row("retry-1");
        assertThat(row.status()).isEqualTo(Status.RETRYING);
        assertThat(row.parked()).as("parked").isFalse();
        assertThat(row.published()).as("published").isFalse();
        assertThat(look("retry", "retry-1").dueInMillis()).isPositive();
        assertThat(look("retry", "retry-2").head()).isFalse();
        assertThat(events("retry-1")).containsExactly("PROCESSING", "RETRY_SCHEDULED");

        entered("retry", "retry-1", turn -> turn.dueNow(new Version("retry-1", 0, 1, 1)));
        assertThat(look("retry", "retry-1").dueInMillis()).isZero();
    }

    @Test
    void aPedidoThatIsPutOffHasUsedNoAttempt() throws Exception {
        accept("put-off", "put-off");
        entered(
                "put-off",
                "put-off",
                turn -> assertThat(turn.retry(first("put-off"), 0, LATER, FAILURE))
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
                turn -> assertThat(turn.awaitPlace(first("limited-1"), "banco"))
                        .hasValue(new Version("limited-1", 0, 1, 0)));
        var row = row("limited-1");
        assertThat(row.status()).isEqualTo(Status.RETRYING);
        assertThat(row.parked()).as("parked").isFalse();
        assertThat(row.published()).as("no message is to be published").isTrue();
        assertThat(look("limited", "limited-1").dueInMillis()).isZero();
        assertThat(look("limited", "limited-2").head()).isFalse();
        assertThat(events("limited-1")).containsExactly("PROCESSING", "RETRY_SCHEDULED");
        entered(
                "limited",
                "limited-1",
                turn -> assertThat(turn.awaitPlace(first("limited-1"), "banco")).isEmpty());
    }

    @Test
    void whatWasDecidedForAnOlderVersionChangesNothing() throws Exception {
        accept("old", "old");
        entered("old", "old", turn -> turn.retry(first("old"), 1, LATER, FAILURE));
        entered(
                "old",
                "old",
                turn -> assertThat(turn.retry(first("old"), 1, LATER, FAILURE)).isEmpty());
        entered(
                "old",
                "old",
                turn -> assertThat(turn.deadLetter(first("old"), "GONE", FAILURE, false))
                        .isEmpty());
        assertThatThrownBy(() -> finish("old", "old")).isInstanceOf(SQLException.class);
        assertThat(row("old").agendamento()).isEqualTo(1);
        assertThat(row("old").status()).isEqualTo(Status.RETRYING);
    }

    @Test
    void aFailureOfAFinishedPedidoIsNotRecorded() throws Exception {
        accept("late", "late");
        finish("late", "late");
        entered(
                "late",
                "late",
                turn -> assertThat(turn.retry(first("late"), 1, LATER, FAILURE)).isEmpty());
        entered(
                "late",
                "late",
                turn -> assertThat(turn.deadLetter(first("late"), "GONE", FAILURE, false))
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
                turn -> assertThat(turn.deadLetter(first("dead-1"), "GONE", FAILURE, false))
                        .hasValueSatisfying(
                                death -> assertThat(death.tentativas()).isEqualTo(1)));
        entered("hold", "hold-1", turn -> turn.deadLetter(first("hold-1"), "GONE", FAILURE, true));
        assertThat(look("dead", "dead-2").head()).isTrue();
        assertThat(look("hold", "hold-2").head()).isFalse();
        assertThat(events("dead-1")).containsExactly("PROCESSING", "DEAD_LETTERED");
    }

    @Test
    void aBeginMarkStaysUntilTheAttemptHasAnEnding() throws Exception {
        accept("begin", "begin");
        entered("begin", "begin", turn -> turn.begin(first("begin"), "a dead worker"));
        assertThat(look("begin", "begin").begun()).hasValue(new PedidoState.Beginner("a dead worker", false));
        assertThat(head("begin")).map(Head::begun).hasValue(true);
        entered("begin", "begin", turn -> turn.retry(first("begin"), 1, LATER, FAILURE));
        assertThat(look("begin", "begin").begun()).isEmpty();
    }

    @Test
    void aParkedPedidoKeepsTheMarkOfADeadWorker() throws Exception {
        accept("begin-park", "begin-park");
        entered("begin-park", "begin-park", turn -> turn.begin(first("begin-park"), "a dead worker"));
        entered("begin-park", "begin-park", turn -> turn.park("begin-park"));
        assertThat(row("begin-park").begun()).hasValue("a dead worker");
    }

    @Test
    void aMarkIsTakenBackByItsWorkerOnly() throws Exception {
        accept("unmark", "unmark");
        entered("unmark", "unmark", turn -> turn.begin(first("unmark"), "one worker"));
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
        assertThat(row("cancel-1").status()).isEqualTo(Status.REJECTED);
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
            awaitWaitingTurn();
            turn.finish(first("wait-1"), "wait", Status.COMPLETED, null, null);
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
        entered("next", "next-1", turn -> turn.retry(first("next-1"), 1, LATER, FAILURE));
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
    void aLotIsFinishedTogetherAndSaysWhoseNextPedidoIsParked() throws Exception {
        for (String pedidoId : List.of("all-1", "all-2", "all-3")) {
            accept(pedidoId, "all");
        }
        accept("alone", "alone");
        entered("all", "all-3", turn -> turn.park("all-3"));
        try (var turn = turns().openLot()) {
            turn.enter(List.of(asked("all-1", "all"), asked("all-2", "all"), asked("alone", "alone")));
            assertThat(turn.finish(List.of(
                            finished("all-1", "all", Status.COMPLETED),
                            finished("all-2", "all", Status.REJECTED),
                            finished("alone", "alone", Status.COMPLETED))))
                    .containsExactly("all");
        }
        assertThat(row("all-1").status()).isEqualTo(Status.COMPLETED);
        assertThat(row("all-2").status()).isEqualTo(Status.REJECTED);
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
                            finished("half-1", "half-1", Status.COMPLETED),
                            finished("half-2", "half-2", Status.COMPLETED))))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(row("half-1").status()).isEqualTo(Status.PENDING);
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

    private static LotTurn.Finished finished(String pedidoId, String recebedorId, Status status) {
        return new LotTurn.Finished(first(pedidoId), recebedorId, status, null, null);
    }

    /** In another turn, on a thread that no other test keeps busy. */
    private CompletableFuture<PedidoState> lookingBeside(String recebedorId, String pedidoId) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return look(recebedorId, pedidoId);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** Something to do in a turn that holds the receiver's lock. */
    protected interface InTurn {
        void run(Turn turn) throws Exception;
    }

    private void entered(String recebedorId, String pedidoId, InTurn work) throws Exception {
        try (var turn = turns().entered(recebedorId, pedidoId)) {
            work.run(turn);
        }
    }

    private boolean finish(String pedidoId, String recebedorId) throws SQLException {
        try (var turn = turns().entered(recebedorId, pedidoId)) {
            return turn.finish(first(pedidoId), recebedorId, Status.COMPLETED, null, null);
        }
    }

    private PedidoState look(String recebedorId, String pedidoId) throws SQLException {
        try (var turn = turns().open()) {
            return turn.enter(recebedorId, pedidoId).orElseThrow();
        }
    }

    private Optional<Head> head(String recebedorId) throws SQLException {
        try (var turn = turns().open()) {
            return turn.enterHead(recebedorId);
        }
    }

    private static Version first(String pedidoId) {
        return new Version(pedidoId, 0, 0, 0);
    }
}
