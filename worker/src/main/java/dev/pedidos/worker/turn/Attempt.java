package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.CallsFactory;
import dev.pedidos.worker.execution.DependencyBreakers;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.outage.DatabaseFault;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a handler: its effects and its outcome in one transaction, or the record of its failure. */
public final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Turns turns;
    private final FailureRecord failures;
    private final DependencyBreakers breakers;
    private final TimeLimit limit;
    private final CallsFactory calls;
    private final CancelledStatements cancelledStatements = new CancelledStatements();

    /**
     * @param handlerLimit how long a handler may take
     * @param calls the calls of handlers
     */
    public Attempt(Turns turns, FailureRecord failures, Duration handlerLimit, CallsFactory calls) {
        this.turns = turns;
        this.failures = failures;
        this.breakers = DependencyBreakers.forAttempts(handlerLimit);
        this.limit = new TimeLimit(handlerLimit);
        this.calls = calls;
    }

    Preparation prepare(Candidate candidate, Handler handler) throws Exception {
        var pedido = undamaged(candidate);
        return breakers.call(
                handler.dependencies(),
                () -> limit.within(() -> handler.prepare(
                        pedido, calls.forPedido(pedido, candidate.version().agendamento()))));
    }

    /** The outcomes of a lot; whatever the handler throws is thrown. */
    List<Outcome> lot(LotTurn turn, LotHandler handler, List<Candidate> lot) throws Exception {
        List<Pedido> pedidos = new ArrayList<>();
        for (var candidate : lot) {
            pedidos.add(undamaged(candidate));
        }
        return applyWithin(turn, handler, () -> handler.applyLot(pedidos, turn.handle()));
    }

    /**
     * As {@link #lot}, for pedidos that are prepared.
     *
     * @param preparations by pedido_id
     */
    List<Outcome> preparedLot(
            LotTurn turn, PreparedLotHandler handler, List<Candidate> lot, Map<String, Preparation> preparations)
            throws Exception {
        List<PreparedLotHandler.Prepared> prepared = new ArrayList<>();
        for (var candidate : lot) {
            prepared.add(new PreparedLotHandler.Prepared(
                    undamaged(candidate), preparations.getOrDefault(candidate.pedidoId(), Preparation.NONE)));
        }
        return applyWithin(turn, handler, () -> handler.applyLot(prepared, turn.handle()));
    }

    private List<Outcome> applyWithin(LotTurn turn, Handler handler, Callable<List<Outcome>> apply) throws Exception {
        return breakers.call(handler.dependencies(), () -> limit.within(apply, turn::cancelStatement));
    }

    /**
     * @param turn in which the pedido was found to be the head of its line
     * @param handler empty if no handler is registered for the tipo
     */
    Tried run(Turn turn, Candidate candidate, Optional<RegisteredHandler> handler, Preparation preparation)
            throws SQLException {
        if (handler.isEmpty()) {
            turn.close();
            return failures.unknownTipo(candidate);
        }
        try {
            return outcome(turn, candidate, handler.get().handler(), preparation);
        } catch (Exception | Error e) {
            turn.close();
            return failed(candidate, e);
        }
    }

    /** No handler gets a pedido without its content. */
    private static Pedido undamaged(Candidate candidate) throws PermanentFailure {
        if (candidate.damage().isPresent()) {
            throw new PermanentFailure("its content in the ledger cannot be read: "
                    + candidate.damage().get());
        }
        return candidate.pedido();
    }

    private Tried outcome(Turn turn, Candidate candidate, Handler handler, Preparation preparation) throws Exception {
        var pedido = undamaged(candidate);
        var outcome = breakers.call(
                handler.dependencies(),
                () -> limit.within(() -> handler.apply(pedido, preparation, turn.handle()), turn::cancelStatement));
        if (outcome instanceof Outcome.Postponed postponed) {
            // Rolls back what the handler has written: it is called again.
            turn.close();
            return failures.postponed(candidate, postponed);
        }
        var finished = FinalOutcome.finished(candidate, outcome).orElseThrow();
        return new Ended(new Ending.Finished(turn.finish(finished)));
    }

    /** Ends a cancelled pedido without calling its handler. */
    Tried endCancelled(Turn turn, Candidate candidate) throws SQLException {
        LOG.atInfo()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .log("the pedido was cancelled before it took effect");
        return new Ended(new Ending.Finished(turn.cancel(candidate.version(), candidate.recebedorId())));
    }

    /** The meaning of the handler's failure for the pedido. One that cannot be recorded as what it is uses an attempt. */
    Tried failed(Candidate candidate, Throwable failure) throws SQLException {
        try {
            return recorded(candidate, failure);
        } catch (SQLException | RuntimeException e) {
            if (LedgerFault.kindOf(e).isPresent() && !LedgerFault.isRefusal(e)) {
                throw e;
            }
            return failures.transientFailure(candidate, failure);
        }
    }

    private Tried recorded(Candidate candidate, Throwable failure) throws SQLException {
        return switch (failure) {
            case DependencyBusy busy -> failures.dependencyBusy(candidate, busy);
            case LimitReached limitReached -> failures.limitReached(candidate, limitReached);
            default -> recordedAs(FailureKind.of(failure), candidate, failure);
        };
    }

    private Tried recordedAs(FailureKind kind, Candidate candidate, Throwable failure) throws SQLException {
        return switch (kind) {
            case OUTAGE, CONTENTION -> throw new DatabaseFault(failure);
            case CANCELLED -> {
                if (!cancelledStatements.countAndTestLimit(candidate.pedidoId())) {
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
