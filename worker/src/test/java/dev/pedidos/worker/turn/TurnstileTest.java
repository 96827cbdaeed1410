package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Suspicion;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Order and decisions, against a ledger in memory. */
@Timeout(20)
class TurnstileTest {

    private final Preparing preparing = new Preparing();
    private final Bench bench = new Bench(List.of(preparing));

    @Test
    void aHeadTakesEffectWithItsOutcome() throws SQLException {
        var pedido = bench.accept("p", "r");
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Finished(false));
        assertThat(bench.ledger.effects()).containsExactly("p");
        assertThat(bench.ledger.events("p")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void aPedidoThatIsNotTheHeadIsParkedAndHasNoEffect() throws SQLException {
        bench.accept("first", "r");
        var second = bench.accept("second", "r");
        assertThat(bench.pass(Bench.message(second))).isEqualTo(Bench.skipped(Reason.PARKED));
        assertThat(bench.ledger.effects()).isEmpty();
        assertThat(bench.ledger.row("second").parked()).isTrue();
    }

    @Test
    void theParkedHeadIsNextAndNothingElseIs() throws SQLException {
        var first = bench.accept("first", "r");
        var second = bench.accept("second", "r");
        bench.accept("third", "r");
        bench.pass(Bench.message(second));
        assertThat(bench.parkedHeadStep(Bench.message(first)).run()).isEqualTo(new ParkedHead.None());
        assertThat(bench.pass(Bench.message(first))).isEqualTo(new Ending.Finished(true));
        assertThat(bench.parkedHeadStep(Bench.message(first)).run())
                .isEqualTo(new ParkedHead.Handled(new Ending.Finished(false)));
        assertThat(bench.parkedHeadStep(Bench.message(first)).run()).isEqualTo(new ParkedHead.None());
        assertThat(bench.ledger.effects()).containsExactly("first", "second");
    }

    @Test
    void aPedidoThatMayNotCallNowWaitsInTheLedgerAndHasUsedNoAttempt() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.handler.next("p", () -> {
            throw new LimitReached("banco");
        });
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(new Ending.Waiting());
        assertThat(bench.ledger.row("p").tentativas()).isZero();
        assertThat(bench.ledger.effects()).isEmpty();
        assertThat(bench.pass(Bench.redelivered(pedido))).isEqualTo(Bench.skipped(Reason.STALE));
        assertThat(bench.pass(Bench.message(pedido, 1, 0))).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void aFinishedPedidoIsADuplicate() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.pass(Bench.message(pedido));
        assertThat(bench.pass(Bench.redelivered(pedido))).isEqualTo(Bench.skipped(Reason.DUPLICATE));
        assertThat(bench.ledger.effects()).containsExactly("p");
    }

    @Test
    void aPedidoThatTheLedgerDoesNotKnowIsUnknown() throws SQLException {
        var stranger = Bench.message(pedido("stranger", "r"));
        assertThat(bench.pass(stranger)).isEqualTo(new Ending.Unknown(stranger));
    }

    @Test
    void aFailedAttemptIsRetriedAfterItsDelayAndNotBefore() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.failOnce("p");
        assertThat(bench.pass(Bench.message(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), Bench.DELAY, false));
        bench.ledger.markPublished("p");
        assertThat(bench.pass(Bench.redelivered(pedido))).isEqualTo(Bench.skipped(Reason.STALE));
        assertThat(bench.pass(Bench.message(pedido, 1, 1)))
                .as("it may be the only copy: it goes back to the delay queue")
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), Bench.DELAY, false));
        assertThat(bench.ledger.effects()).isEmpty();
        bench.ledger.passTime(Bench.DELAY);
        assertThat(bench.pass(Bench.message(pedido, 1, 1))).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void aRetryThatNobodyPublishedIsPublishedByTheOlderCopy() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.failOnce("p");
        bench.pass(Bench.message(pedido));
        assertThat(bench.pass(Bench.redelivered(pedido)))
                .as("it may have ended the worker that failed to publish it")
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 1), Bench.DELAY, true));
    }

    @Test
    void aRetryWhoseDelayHasPassedIsTriedThoughTheDatabasesClockWasSetBack() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.failOnce("p");
        bench.pass(Bench.message(pedido));
        var retry = Bench.message(pedido, 1, 1);
        var waited = new Candidate(retry.pedido(), retry.payloadHash(), retry.version(), true, Suspicion.NONE);
        assertThat(bench.pass(waited)).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void otherContentIsAConflictThoughThePedidoIsFinishedOrTheMessageIsStale() throws SQLException {
        var pedido = bench.accept("p", "r");
        var other = Bench.message(pedido("p", "r", "web"));
        bench.failOnce("p");
        bench.pass(Bench.message(pedido));
        assertThat(bench.pass(other)).isEqualTo(Bench.skipped(Reason.CONFLICT));
        bench.ledger.passTime(Bench.DELAY);
        bench.pass(Bench.message(pedido, 1, 1));
        assertThat(bench.pass(other)).isEqualTo(Bench.skipped(Reason.CONFLICT));
        assertThat(bench.ledger.events("p"))
                .filteredOn(event -> event.startsWith("CONFLICT"))
                .hasSize(1);
    }

    @Test
    void whatNeverSucceedsIsDeadAfterItsAttempts() throws SQLException {
        var pedido = bench.accept("p", "r");
        for (int attempt = 0; attempt < Bench.MAX_TENTATIVAS; attempt++) {
            bench.failOnce("p");
            var ending = bench.pass(Bench.message(pedido, attempt, attempt));
            bench.ledger.passTime(Duration.ofMinutes(1));
            if (attempt + 1 == Bench.MAX_TENTATIVAS) {
                assertThat(ending).isInstanceOfSatisfying(Ending.Dead.class, dead -> {
                    assertThat(dead.version()).isEqualTo(new Version("p", 0, 2, 3));
                    assertThat(dead.death().motivo()).isEqualTo("TENTATIVAS_ESGOTADAS");
                });
            }
        }
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.DEAD_LETTERED);
        assertThat(bench.ledger.effects()).isEmpty();
    }

    @Test
    void aPedidoThatIsPutOffUsesNoAttemptAndItsEffectsAreRolledBack() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.handler.next("p", () -> new Outcome.Postponed(Duration.ofSeconds(3), "LATER"));
        assertThat(bench.pass(Bench.message(pedido)))
                .isEqualTo(new Ending.Retrying(pedido, new Version("p", 0, 1, 0), Duration.ofSeconds(4), false));
        assertThat(bench.ledger.effects()).isEmpty();
    }

    @Test
    void aFailureThatTheEffectOvertakesIsNotRecorded() throws SQLException {
        var pedido = bench.accept("p", "r");
        var overtaken = new AtomicBoolean();
        bench.failOnce("p");
        bench.ledger.before(statement -> {
            if (statement == Statement.RETRY && overtaken.compareAndSet(false, true)) {
                bench.ledger.overtake("p");
            }
        });
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(Bench.skipped(Reason.DUPLICATE));
        assertThat(bench.ledger.events("p")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void aSecondEffectMakesTheRowAgreeWithItsEvents() throws SQLException {
        var pedido = bench.accept("p", "r");
        bench.pass(Bench.message(pedido));
        bench.ledger.reopen("p");
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(Bench.skipped(Reason.DUPLICATE));
        assertThat(bench.ledger.row("p").status()).isEqualTo(PedidoStatus.COMPLETED);
        assertThat(bench.ledger.effects()).containsExactly("p");
    }

    @Test
    void aReceiverWhoseLockIsKeptIsBusyForAWhileAndIsNotWaitedForAgain() throws SQLException {
        var first = Bench.message(bench.accept("first", "r"));
        var second = Bench.message(bench.accept("second", "r"));
        var other = Bench.message(bench.accept("other", "another"));
        bench.ledger.lockElsewhere("r");
        assertThat(bench.pass(first)).isEqualTo(new Ending.SetAside(first));
        bench.ledger.before(
                statement -> assertThat(statement).as("nothing is asked").isNull());
        assertThat(bench.pass(second)).isEqualTo(new Ending.SetAside(second));
        bench.ledger.before(statement -> {});
        assertThat(bench.pass(other)).isEqualTo(new Ending.Finished(false));
    }

    @Test
    void onlyAHeadIsPreparedAndTheLockIsNotHeldMeanwhile() throws SQLException {
        var head = bench.accept(Preparing.TIPO, "head", "r");
        var next = bench.accept(Preparing.TIPO, "next", "r");
        preparing.meanwhile = () -> assertThat(bench.ledger.isLocked("r")).isFalse();
        assertThat(bench.pass(Bench.message(next))).isEqualTo(Bench.skipped(Reason.PARKED));
        assertThat(preparing.prepared).isEmpty();
        assertThat(bench.pass(Bench.message(head))).isEqualTo(new Ending.Finished(true));
        var parked = bench.parkedHeadStep(Bench.message(head)).run();
        assertThat(preparing.prepared).containsExactly("head");
        assertThat(parked)
                .isInstanceOfSatisfying(
                        ParkedHead.Waits.class,
                        waiting -> assertThat(waiting.head().pedidoId()).isEqualTo("next"));
        var step = bench.turnstile.waitingHeadStep(
                Candidate.ofHead(((ParkedHead.Waits) parked).head()), Bench.message(head));
        assertThat(step.run()).isEqualTo(new Ending.Finished(false));
        assertThat(preparing.prepared).containsExactly("head", "next");
    }

    @Test
    void aPedidoThatIsFinishedWhileItIsPreparedIsADuplicate() throws SQLException {
        var pedido = bench.accept(Preparing.TIPO, "p", "r");
        preparing.meanwhile = () -> bench.ledger.overtake("p");
        assertThat(bench.pass(Bench.message(pedido))).isEqualTo(Bench.skipped(Reason.DUPLICATE));
    }

    private static Pedido pedido(String pedidoId, String recebedorId) {
        return pedido(pedidoId, recebedorId, "api");
    }

    private static Pedido pedido(String pedidoId, String recebedorId, String origem) {
        return new Pedido(pedidoId, "simulado", recebedorId, origem, List.of(), null);
    }
}
