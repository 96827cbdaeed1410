package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Order and decisions, against a ledger in memory. */
@Timeout(20)
class TurnstileTest {

    private final Preparing preparing = new Preparing();
    private final InMemoryWorker worker = new InMemoryWorker(List.of(preparing));

    @Test
    void aHeadTakesEffectWithItsOutcome() throws SQLException {
        var pedido = worker.accept("p", "r");
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(worker.ledger.effects()).containsExactly("p");
        assertThat(worker.ledger.events("p")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void aPedidoThatIsNotTheHeadIsParkedAndHasNoEffect() throws SQLException {
        worker.accept("first", "r");
        var second = worker.accept("second", "r");
        assertThat(worker.pass(InMemoryWorker.message(second))).isEqualTo(InMemoryWorker.skipped(Reason.PARKED));
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.ledger.row("second").parked()).isTrue();
    }

    @Test
    void theParkedHeadIsNextAndNothingElseIs() throws SQLException {
        var first = worker.accept("first", "r");
        var second = worker.accept("second", "r");
        worker.accept("third", "r");
        worker.pass(InMemoryWorker.message(second));
        assertThat(worker.parkedHeadStep(InMemoryWorker.message(first)).run()).isEqualTo(new ParkedHead.None());
        assertThat(worker.pass(InMemoryWorker.message(first))).isEqualTo(new Ending.Finished(true));
        assertThat(worker.parkedHeadStep(InMemoryWorker.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(worker.parkedHeadStep(InMemoryWorker.message(first)).run()).isEqualTo(new ParkedHead.None());
        assertThat(worker.ledger.effects()).containsExactly("first", "second");
    }

    @Test
    void aPedidoThatMayNotCallNowWaitsInTheLedgerAndHasUsedNoAttempt() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.handler.next("p", () -> {
            throw new LimitReached("banco");
        });
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(new Ending.Waiting());
        assertThat(worker.ledger.row("p").tentativas()).isZero();
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.STALE));
        assertThat(worker.pass(InMemoryWorker.message(pedido, 1, 0))).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void aFinishedPedidoIsADuplicate() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.pass(InMemoryWorker.message(pedido));
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.DUPLICATE));
        assertThat(worker.ledger.effects()).containsExactly("p");
    }

    @Test
    void aPedidoThatTheLedgerDoesNotKnowIsUnknown() throws SQLException {
        var stranger = InMemoryWorker.message(pedido("stranger", "r"));
        assertThat(worker.pass(stranger)).isEqualTo(new Ending.Unknown(stranger));
    }

    @Test
    void aFailedAttemptIsRetriedAfterItsDelayAndNotBefore() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.failOnce("p");
        assertThat(worker.pass(InMemoryWorker.message(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), InMemoryWorker.DELAY, false));
        worker.ledger.markPublished("p");
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.STALE));
        assertThat(worker.pass(InMemoryWorker.message(pedido, 1, 1)))
                .as("it may be the only copy: it goes back to the delay queue")
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), InMemoryWorker.DELAY, false));
        assertThat(worker.ledger.effects()).isEmpty();
        worker.ledger.passTime(InMemoryWorker.DELAY);
        assertThat(worker.pass(InMemoryWorker.message(pedido, 1, 1))).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void aRetryThatNobodyPublishedIsPublishedByTheOlderCopy() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.failOnce("p");
        worker.pass(InMemoryWorker.message(pedido));
        assertThat(worker.pass(InMemoryWorker.redelivered(pedido)))
                .as("it may have ended the worker that failed to publish it")
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), InMemoryWorker.DELAY, true));
    }

    @Test
    void aRetryWhoseDelayHasPassedIsTriedThoughTheDatabasesClockWasSetBack() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.failOnce("p");
        worker.pass(InMemoryWorker.message(pedido));
        var retry = InMemoryWorker.message(pedido, 1, 1);
        var waited = new Candidate(
                retry.pedido(),
                retry.payloadHash(),
                retry.version(),
                Optional.of(InMemoryWorker.DELAY),
                Suspicion.NONE);
        assertThat(worker.pass(waited)).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void otherContentIsAConflictThoughThePedidoIsFinishedOrTheMessageIsStale() throws SQLException {
        var pedido = worker.accept("p", "r");
        var other = InMemoryWorker.message(pedido("p", "r", "web"));
        worker.failOnce("p");
        worker.pass(InMemoryWorker.message(pedido));
        assertThat(worker.pass(other)).isEqualTo(InMemoryWorker.skipped(Reason.CONFLICT));
        worker.ledger.passTime(InMemoryWorker.DELAY);
        worker.pass(InMemoryWorker.message(pedido, 1, 1));
        assertThat(worker.pass(other)).isEqualTo(InMemoryWorker.skipped(Reason.CONFLICT));
        assertThat(worker.ledger.events("p"))
                .filteredOn(event -> event.startsWith("CONFLICT"))
                .hasSize(1);
    }

    @Test
    void whatNeverSucceedsIsDeadAfterItsAttempts() throws SQLException {
        var pedido = worker.accept("p", "r");
        for (int attempt = 0; attempt < InMemoryWorker.MAX_TENTATIVAS; attempt++) {
            worker.failOnce("p");
            var ending = worker.pass(InMemoryWorker.message(pedido, attempt, attempt));
            worker.ledger.passTime(Duration.ofMinutes(1));
            if (attempt + 1 == InMemoryWorker.MAX_TENTATIVAS) {
                assertThat(ending).isInstanceOfSatisfying(Ending.Dead.class, dead -> {
                    assertThat(dead.version()).isEqualTo(new Version("p", 0, 2, 3));
                    assertThat(dead.death().motivo()).isEqualTo("TENTATIVAS_ESGOTADAS");
                });
            }
        }
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.DEAD_LETTERED);
        assertThat(worker.ledger.effects()).isEmpty();
    }

    @Test
    void aPedidoThatIsPutOffUsesNoAttemptAndItsEffectsAreRolledBack() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.handler.next("p", () -> new Outcome.Postponed(Duration.ofSeconds(3), "LATER"));
        assertThat(worker.pass(InMemoryWorker.message(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 0), Duration.ofSeconds(4), false));
        assertThat(worker.ledger.effects()).isEmpty();
    }

    @Test
    void aFailureThatTheEffectOvertakesIsNotRecorded() throws SQLException {
        var pedido = worker.accept("p", "r");
        var overtaken = new AtomicBoolean();
        worker.failOnce("p");
        worker.ledger.before(statement -> {
            if (statement == Statement.RETRY && overtaken.compareAndSet(false, true)) {
                worker.ledger.overtake("p");
            }
        });
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.DUPLICATE));
        assertThat(worker.ledger.events("p")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void aSecondEffectMakesTheRowAgreeWithItsEvents() throws SQLException {
        var pedido = worker.accept("p", "r");
        worker.pass(InMemoryWorker.message(pedido));
        worker.ledger.reopen("p");
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.DUPLICATE));
        assertThat(worker.ledger.row("p").status()).isEqualTo(PedidoStatus.COMPLETED);
        assertThat(worker.ledger.effects()).containsExactly("p");
    }

    @Test
    void aReceiverWhoseLockIsKeptIsBusyForAWhileAndIsNotWaitedForAgain() throws SQLException {
        var first = InMemoryWorker.message(worker.accept("first", "r"));
        var second = InMemoryWorker.message(worker.accept("second", "r"));
        var other = InMemoryWorker.message(worker.accept("other", "another"));
        worker.ledger.locks.lockElsewhere("r");
        assertThat(worker.pass(first)).isEqualTo(new Ending.SetAside(first));
        worker.ledger.before(
                statement -> assertThat(statement).as("nothing is asked").isNull());
        assertThat(worker.pass(second)).isEqualTo(new Ending.SetAside(second));
        worker.ledger.before(statement -> {});
        assertThat(worker.pass(other)).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void onlyAHeadIsPreparedAndTheLockIsNotHeldMeanwhile() throws SQLException {
        var head = worker.accept(Preparing.TIPO, "head", "r");
        var next = worker.accept(Preparing.TIPO, "next", "r");
        preparing.meanwhile =
                () -> assertThat(worker.ledger.locks.isLocked("r")).isFalse();
        assertThat(worker.pass(InMemoryWorker.message(next))).isEqualTo(InMemoryWorker.skipped(Reason.PARKED));
        assertThat(preparing.prepared).isEmpty();
        assertThat(worker.pass(InMemoryWorker.message(head))).isEqualTo(new Ending.Finished(true));
        var parked = worker.parkedHeadStep(InMemoryWorker.message(head)).run();
        assertThat(preparing.prepared).containsExactly("head");
        assertThat(parked)
                .isInstanceOfSatisfying(
                        ParkedHead.Waits.class,
                        waiting -> assertThat(waiting.head().pedidoId()).isEqualTo("next"));
        var step = worker.turnstile.waitingHeadStep(
                Candidate.ofHead(((ParkedHead.Waits) parked).head()), InMemoryWorker.message(head));
        assertThat(step.run()).isEqualTo(new Ending.Finished(false));
        assertThat(preparing.prepared).containsExactly("head", "next");
    }

    @Test
    void aPedidoThatIsFinishedWhileItIsPreparedIsADuplicate() throws SQLException {
        var pedido = worker.accept(Preparing.TIPO, "p", "r");
        preparing.meanwhile = () -> worker.ledger.overtake("p");
        assertThat(worker.pass(InMemoryWorker.message(pedido))).isEqualTo(InMemoryWorker.skipped(Reason.DUPLICATE));
    }

    private static Pedido pedido(String pedidoId, String recebedorId) {
        return pedido(pedidoId, recebedorId, "api");
    }

    private static Pedido pedido(String pedidoId, String recebedorId, String origem) {
        return new Pedido(pedidoId, "simulado", recebedorId, origem, List.of(), null);
    }
}
