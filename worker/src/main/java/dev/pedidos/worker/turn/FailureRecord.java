package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a failed attempt on the record, in a transaction of its own after the rollback of what was tried. Where the pedido
 * changed in between nothing is recorded, and the claim is decided anew: each method is empty then.
 */
public final class FailureRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);
    /** What was away is looked for again this often, however long it has been away. */
    private static final Duration LONGEST_POSTPONEMENT = Duration.ofSeconds(30);

    private final Turns turns;
    private final RetryLadder ladder;
    private final int maxTentativas;
    private final Predicate<String> holds;

    /** @param holds whether receivers wait behind a dead letter of a tipo */
    public FailureRecord(Turns turns, RetryLadder ladder, int maxTentativas, Predicate<String> holds) {
        this.turns = turns;
        this.ladder = ladder;
        this.maxTentativas = maxTentativas;
        this.holds = holds;
    }

    Optional<Ending> transientFailure(Candidate claim, Throwable cause) throws SQLException {
        return failed(claim, failure(cause), "TENTATIVAS_ESGOTADAS");
    }

    Optional<Ending> permanentFailure(Candidate claim, Throwable cause) throws SQLException {
        return deadLetter(claim, "FALHA_PERMANENTE", failure(cause));
    }

    Optional<Ending> unknownTipo(Candidate claim) throws SQLException {
        String tipo = claim.pedido().tipo();
        return deadLetter(claim, "TIPO_DESCONHECIDO", new Failure("UnknownTipo", "no handler for tipo " + tipo));
    }

    /** @param worker that had begun with it, and is dead */
    Optional<Ending> workerDied(Candidate claim, String worker) throws SQLException {
        var failure = new Failure("WorkerDerrubado", "worker " + worker + " ended while it tried this pedido");
        return failed(claim, failure, "WORKER_DERRUBADO");
    }

    /** Something that the handler depends on is away. */
    Optional<Ending> postponed(Candidate claim, Throwable cause) throws SQLException {
        var grown = ladder.delayAfter(claim.version().agendamento() + 1);
        return retry(
                claim,
                0,
                grown.compareTo(LONGEST_POSTPONEMENT) < 0 ? grown : ladder.atLeast(LONGEST_POSTPONEMENT),
                failure(cause));
    }

    /** The handler asked for it. */
    Optional<Ending> putOff(Candidate claim, Outcome.Postponed postponed) throws SQLException {
        return retry(claim, 0, ladder.atLeast(postponed.delay()), new Failure("Postponed", postponed.motivo()));
    }

    private Optional<Ending> failed(Candidate claim, Failure failure, String motivoOfTheLast) throws SQLException {
        int failures = claim.version().tentativas() + 1;
        return failures >= maxTentativas
                ? deadLetter(claim, motivoOfTheLast, failure)
                : retry(claim, 1, ladder.delayAfter(failures), failure);
    }

    private Optional<Ending> retry(Candidate claim, int attempts, Duration delay, Failure cause) throws SQLException {
        return recorded(cause, failure -> scheduled(claim, attempts, delay, failure));
    }

    private Optional<Ending> scheduled(Candidate claim, int attempts, Duration delay, Failure failure)
            throws SQLException {
        try (var turn = turns.entered(claim)) {
            var next = turn.retry(claim.version(), attempts, delay, failure);
            next.ifPresent(version -> LOG.atInfo()
                    .addKeyValue("pedido_id", claim.pedidoId())
                    .addKeyValue("recebedor_id", claim.pedido().recebedorId())
                    .addKeyValue("tentativa", version.tentativas())
                    .addKeyValue("erro_classe", failure.erroClasse())
                    .log("{}, next try in {} ms", attempts == 0 ? "put off" : "attempt failed", delay.toMillis()));
            return next.map(version -> new Ending.Retrying(claim.pedido(), version, delay));
        }
    }

    private Optional<Ending> deadLetter(Candidate claim, String motivo, Failure cause) throws SQLException {
        return recorded(cause, failure -> givenUp(claim, motivo, failure));
    }

    private Optional<Ending> givenUp(Candidate claim, String motivo, Failure failure) throws SQLException {
        try (Turn turn = turns.entered(claim)) {
            var death = turn.deadLetter(
                    claim.version(), motivo, failure, holds.test(claim.pedido().tipo()));
            death.ifPresent(dead -> LOG.atWarn()
                    .addKeyValue("pedido_id", claim.pedidoId())
                    .addKeyValue("recebedor_id", claim.pedido().recebedorId())
                    .addKeyValue("motivo", motivo)
                    .addKeyValue("erro_classe", failure.erroClasse())
                    .log("given up after {} attempts, it goes to the dead letters", dead.tentativas()));
            var version = claim.version();
            return death.map(dead -> new Ending.Dead(
                    claim.pedido(),
                    new Version(version.pedidoId(), version.ciclo(), version.agendamento(), dead.tentativas()),
                    dead));
        }
    }

    /** A failure that the database refuses to record still ends in its time, under a text that it takes. */
    private static Optional<Ending> recorded(Failure failure, Recording recording) throws SQLException {
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
        Optional<Ending> of(Failure failure) throws SQLException;
    }

    /** What a database says of an error may repeat the row: of those only the code goes on the record. */
    private static Failure failure(Throwable failure) {
        if (!(failure instanceof TimeLimit.OverTime)
                && LedgerFault.kindOf(failure).isPresent()) {
            return new Failure("SQLException", "SQLSTATE " + LedgerFault.stateOf(failure));
        }
        String name = failure.getClass().getSimpleName();
        return new Failure(name.isEmpty() ? failure.getClass().getName() : name, message(failure));
    }

    /** It is the handler's code that tells it. */
    private static String message(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | Error e) {
            return "its message cannot be told: " + e.getClass().getSimpleName();
        }
    }
}
