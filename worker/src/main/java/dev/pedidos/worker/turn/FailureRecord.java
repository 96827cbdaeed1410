package dev.pedidos.worker.turn;

import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a failed attempt, in a transaction of its own after the rollback of the attempt. If the pedido changed in between
 * nothing is recorded, and the result is {@link Tried.Changed}.
 */
public final class FailureRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);
    /** A pedido that waits for a dependency, or for a worker with a handler, is tried again at least this often. */
    private static final Duration LONGEST_WITHOUT_ATTEMPT = Duration.ofSeconds(30);
    /** About an hour with the usual delays. After that no rollout explains why no worker with a handler got the shard. */
    private static final int MOST_WITHOUT_HANDLER = 120;

    private final Turns turns;
    private final RetryLadder ladder;
    private final int maxTentativas;
    private final Function<String, OnDeadLetter> onDeadLetter;
    private final BooleanSupplier canTellTheLiving;

    /**
     * @param onDeadLetter by tipo
     * @param canTellTheLiving whether a worker that did not count as living a moment ago has ended
     */
    public FailureRecord(
            Turns turns,
            RetryLadder ladder,
            int maxTentativas,
            Function<String, OnDeadLetter> onDeadLetter,
            BooleanSupplier canTellTheLiving) {
        this.turns = turns;
        this.ladder = ladder;
        this.maxTentativas = maxTentativas;
        this.onDeadLetter = onDeadLetter;
        this.canTellTheLiving = canTellTheLiving;
    }

    Tried transientFailure(Candidate candidate, Throwable cause) throws SQLException {
        return retryOrGiveUp(candidate, AttemptUse.ONE_FAILED, textOf(cause), Death.TENTATIVAS_ESGOTADAS);
    }

    Tried permanentFailure(Candidate candidate, Throwable cause) throws SQLException {
        return deadLetter(candidate, Death.FALHA_PERMANENTE, textOf(cause));
    }

    /**
     * While a new version or a plugin is rolled out, another worker may have the handler, and gets the shard soon.
     *
     * @param tipo that of the pedido, or for a cancellation that of its pedido
     */
    Tried withoutHandler(Candidate candidate, String tipo) throws SQLException {
        boolean mayBeElsewhere =
                mayWait(candidate) && (turns.anyWorkerHandles(tipo) || !canTellTheLiving.getAsBoolean());
        return retryElsewhereOrGiveUp(candidate, mayBeElsewhere, "no handler for tipo " + tipo);
    }

    /** As {@link #withoutHandler}: this worker's handler cannot undo the pedido of a cancellation. */
    Tried withoutUndo(Candidate candidate, String tipo) throws SQLException {
        return retryElsewhereOrGiveUp(candidate, mayWait(candidate), "no undo for tipo " + tipo);
    }

    boolean mayBeUndoneElsewhere(String tipo) throws SQLException {
        return turns.anyWorkerUndoes(tipo) || !canTellTheLiving.getAsBoolean();
    }

    private static boolean mayWait(Candidate candidate) {
        return candidate.version().agendamento() < MOST_WITHOUT_HANDLER;
    }

    private Tried retryElsewhereOrGiveUp(Candidate candidate, boolean mayBeElsewhere, String lack) throws SQLException {
        return mayBeElsewhere
                ? retry(
                        candidate,
                        AttemptUse.NONE,
                        delayWithoutAttempt(candidate),
                        new Failure(Failure.UNKNOWN_TIPO, lack + " in this worker; another one has it, or may have it"))
                : deadLetter(candidate, Death.TIPO_DESCONHECIDO, new Failure(Failure.UNKNOWN_TIPO, lack));
    }

    /** @param worker it had begun with the pedido and is dead */
    Tried workerDied(Candidate candidate, String worker) throws SQLException {
        var failure = new Failure(Failure.WORKER_ENDED, "worker " + worker + " ended while it tried this pedido");
        return retryOrGiveUp(candidate, AttemptUse.ONE_WITH_ITS_WORKER, failure, Death.WORKER_DERRUBADO);
    }

    /** A dependency of the handler is down. */
    Tried dependencyDown(Candidate candidate, Throwable cause) throws SQLException {
        return retry(candidate, AttemptUse.NONE, delayWithoutAttempt(candidate), textOf(cause));
    }

    private Duration delayWithoutAttempt(Candidate candidate) {
        var grown = ladder.delayAfter(candidate.version().agendamento() + 1);
        return grown.compareTo(LONGEST_WITHOUT_ATTEMPT) < 0 ? grown : ladder.atLeast(LONGEST_WITHOUT_ATTEMPT);
    }

    /** A dependency of the handler wants to be left alone for a while. */
    Tried dependencyBusy(Candidate candidate, DependencyBusy busy) throws SQLException {
        return retry(candidate, AttemptUse.NONE, ladder.atLeast(busy.retryAfter()), textOf(busy));
    }

    /** The handler asks to be called later. */
    Tried postponed(Candidate candidate, Outcome.Postponed postponed) throws SQLException {
        var cause = new Failure("Postponed", postponed.motivo());
        return retry(candidate, AttemptUse.NONE, ladder.atLeast(postponed.delay()), cause);
    }

    /** The limit of a dependency is used up. */
    Tried limitReached(Candidate candidate, LimitReached limit) throws SQLException {
        var waiting = underLockUnlessCancelled(
                candidate, turn -> turn.awaitSlot(candidate.version(), limit.dependency(), candidate.suspect()));
        return waiting.isEmpty() || isCancelledMeanwhile(candidate)
                ? new Tried.Changed()
                : new Ended(new Ending.Waiting());
    }

    private Tried retryOrGiveUp(Candidate candidate, AttemptUse use, Failure failure, String motivoOfTheLast)
            throws SQLException {
        int attemptsUsed = candidate.version().tentativas() + 1;
        return attemptsUsed >= maxTentativas
                ? deadLetter(candidate, motivoOfTheLast, failure)
                : retry(candidate, use, ladder.delayAfter(attemptsUsed), failure);
    }

    private Tried retry(Candidate candidate, AttemptUse use, Duration delay, Failure cause) throws SQLException {
        return withTextThatTheDatabaseTakes(cause, failure -> recordRetry(candidate, use, delay, failure));
    }

    private Tried recordRetry(Candidate candidate, AttemptUse use, Duration delay, Failure failure)
            throws SQLException {
        var next = underLockUnlessCancelled(candidate, turn -> turn.retry(candidate.version(), use, delay, failure));
        if (next.isEmpty() || isCancelledMeanwhile(candidate)) {
            return new Tried.Changed();
        }
        LOG.atInfo()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .addKeyValue("recebedor_id", candidate.recebedorId())
                .addKeyValue("tentativa", next.get().tentativas())
                .addKeyValue("erro_classe", failure.erroClasse())
                .log("{}, the next attempt is in {} ms", use.text(), delay.toMillis());
        return new Ended(new Ending.Retrying(candidate.pedido(), next.get(), delay, staysSuspect(candidate, use)));
    }

    /** A pedido that is put off may not have come to the point at which it ended its worker. */
    private static boolean staysSuspect(Candidate candidate, AttemptUse use) {
        return switch (use) {
            case ONE_WITH_ITS_WORKER -> true;
            case NONE -> candidate.suspect();
            case ONE_FAILED -> false;
        };
    }

    private Tried deadLetter(Candidate candidate, String motivo, Failure cause) throws SQLException {
        return withTextThatTheDatabaseTakes(cause, failure -> recordDeath(candidate, motivo, failure));
    }

    private Tried recordDeath(Candidate candidate, String motivo, Failure failure) throws SQLException {
        var next = onDeadLetter.apply(candidate.pedido().tipo());
        var death = underLockUnlessCancelled(
                candidate, turn -> turn.deadLetter(candidate.version(), motivo, failure, next));
        if (death.isEmpty()) {
            return new Tried.Changed();
        }
        var dead = death.get();
        LOG.atWarn()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .addKeyValue("recebedor_id", candidate.recebedorId())
                .addKeyValue("motivo", motivo)
                .addKeyValue("erro_classe", failure.erroClasse())
                .log("given up after {} attempts: the pedido goes to the dead letters", dead.tentativas());
        return new Ended(new Ending.Dead(candidate.pedido(), candidate.version().counted(dead.tentativas()), dead));
    }

    /** The record made in a turn, once the receiver's lock is held. Empty: the pedido changed, and nothing is recorded. */
    @FunctionalInterface
    private interface Change<T> {
        Optional<T> in(Turn turn) throws SQLException;
    }

    /**
     * Opens a turn, takes the receiver's lock, and records under it. A pedido that was cancelled during its attempt is
     * not tried again: it ends without an effect, and nothing is recorded here.
     */
    private <T> Optional<T> underLockUnlessCancelled(Candidate candidate, Change<T> change) throws SQLException {
        try (var turn = turns.open()) {
            boolean cancelled = turn.enter(candidate.recebedorId(), candidate.pedidoId())
                    .filter(PedidoState::cancelled)
                    .isPresent();
            return cancelled ? Optional.empty() : change.in(turn);
        }
    }

    /**
     * Whether the pedido was cancelled while its failure was recorded. The cancellation may have looked before the
     * pedido began to wait, so nobody else ends that wait.
     */
    private boolean isCancelledMeanwhile(Candidate candidate) throws SQLException {
        return turns.look(candidate.recebedorId(), candidate.pedidoId())
                .filter(PedidoState::cancelled)
                .isPresent();
    }

    /** If the database refuses the text of a failure, the failure is recorded with a text that it accepts. */
    private static Tried withTextThatTheDatabaseTakes(Failure failure, Recording recording) throws SQLException {
        try {
            return recording.of(failure);
        } catch (SQLException e) {
            if (!LedgerFault.isRefusal(e)) {
                throw e;
            }
            return recording.of(Failure.notRecordable(failure.erroClasse(), LedgerFault.stateOf(e)));
        }
    }

    @FunctionalInterface
    private interface Recording {
        Tried of(Failure failure) throws SQLException;
    }

    private static Failure textOf(Throwable cause) {
        return cause instanceof TimeLimit.OverTime ? Failure.inItsWords(cause) : Failure.of(cause);
    }
}
