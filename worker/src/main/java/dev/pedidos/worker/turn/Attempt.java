package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.HandlerCalls;
import dev.pedidos.worker.execution.MissingHandler;
import dev.pedidos.worker.execution.MissingUndo;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.outage.DatabaseFault;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a handler, to its committed record: its effects and its outcome in one transaction, or its failure. */
public final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Turns turns;
    private final FailureRecord failures;
    private final HandlerCalls calls;
    private final CancelledStatements cancelledStatements = new CancelledStatements();

    public Attempt(Turns turns, FailureRecord failures, HandlerCalls calls) {
        this.turns = turns;
        this.failures = failures;
        this.calls = calls;
    }

    /** Has the handler prepare the pedido, without the receiver's lock. */
    Prepared prepare(Candidate candidate, RegisteredHandler handler) throws SQLException {
        try {
            return new Prepared.Ready(calls.prepare(handler.handler(), candidate));
        } catch (Exception | Error e) {
            return new Prepared.Failed(recordFailure(candidate, e));
        }
    }

    /**
     * @param turn in which the pedido was found to be the head of its line
     * @param handler empty if no handler is registered for the tipo
     */
    Tried run(Turn turn, Candidate candidate, Optional<RegisteredHandler> handler, Preparation preparation)
            throws SQLException {
        if (handler.isEmpty()) {
            turn.close();
            return failures.withoutHandler(candidate, candidate.pedido().tipo());
        }
        try {
            return outcome(turn, candidate, handler.get().handler(), preparation);
        } catch (Exception | Error e) {
            turn.close();
            return recordFailure(candidate, e);
        }
    }

    private Tried outcome(Turn turn, Candidate candidate, Handler handler, Preparation preparation) throws Exception {
        return switch (applied(turn, candidate, handler, preparation)) {
            case Outcome.Completed completed -> finish(turn, FinalStates.completed(candidate, completed));
            case Outcome.Rejected rejected -> finish(turn, FinalStates.rejected(candidate, rejected));
            case Outcome.Postponed postponed -> {
                // Rolls back what the handler has written: it is called again.
                turn.close();
                yield failures.postponed(candidate, postponed);
            }
        };
    }

    private static Tried finish(Turn turn, FinalState finished) throws SQLException {
        return new Ended(new Ending.Finished(turn.finish(finished)));
    }

    /** A cancellation is refused for good if no living worker can undo its pedido. */
    private Outcome applied(Turn turn, Candidate candidate, Handler handler, Preparation preparation) throws Exception {
        try {
            return calls.apply(turn, handler, candidate, preparation);
        } catch (MissingUndo missing) {
            if (failures.mayBeUndoneElsewhere(missing.tipo())) {
                throw missing;
            }
            return new Outcome.Rejected(Handler.NAO_CANCELAVEL);
        }
    }

    /** Ends a cancelled pedido without calling its handler. */
    Tried endCancelled(Turn turn, Candidate candidate) throws SQLException {
        LOG.atInfo()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .log("the pedido was cancelled before it took effect");
        return new Ended(new Ending.Finished(turn.cancel(candidate.version(), candidate.recebedorId())));
    }

    /** @param worker it had begun with the pedido and is dead */
    Tried workerDied(Candidate candidate, String worker) throws SQLException {
        return failures.workerDied(candidate, worker);
    }

    /** The meaning of the handler's failure for the pedido. A failure that cannot be recorded as what it is uses an attempt. */
    private Tried recordFailure(Candidate candidate, Throwable failure) throws SQLException {
        try {
            return record(candidate, failure);
        } catch (SQLException | RuntimeException e) {
            if (LedgerFault.kindOf(e).isPresent() && !LedgerFault.isRefusal(e)) {
                throw e;
            }
            return failures.transientFailure(candidate, failure);
        }
    }

    private Tried record(Candidate candidate, Throwable failure) throws SQLException {
        return switch (failure) {
            case DependencyBusy busy -> failures.dependencyBusy(candidate, busy);
            case MissingHandler missing -> failures.withoutHandler(candidate, missing.tipo());
            case MissingUndo missing -> failures.withoutUndo(candidate, missing.tipo());
            case LimitReached limitReached -> failures.limitReached(candidate, limitReached);
            default -> recordAs(FailureKind.of(failure), candidate, failure);
        };
    }

    private Tried recordAs(FailureKind kind, Candidate candidate, Throwable failure) throws SQLException {
        return switch (kind) {
            case OUTAGE, CONTENTION -> throw new DatabaseFault(failure);
            case CANCELLED -> {
                if (!cancelledStatements.add(candidate.pedidoId())) {
                    throw new DatabaseFault(failure);
                }
                yield failures.transientFailure(candidate, failure);
            }
            case UNAVAILABLE -> failures.dependencyDown(candidate, failure);
            case DUPLICATE -> adoptEffect(candidate);
            case TRANSIENT -> failures.transientFailure(candidate, failure);
            case PERMANENT -> failures.permanentFailure(candidate, failure);
        };
    }

    private Tried adoptEffect(Candidate candidate) throws SQLException {
        LOG.atWarn()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .log("the pedido took effect before: its row is made to agree with its events");
        try (var turn = turns.entered(candidate.recebedorId(), candidate.pedidoId())) {
            turn.adoptEffect(candidate.pedidoId());
            return new Ended(new Ending.Skipped(Ending.Skipped.Reason.DUPLICATE));
        }
    }
}
