package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.outage.DatabaseFault;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a receiver's pedidos through one by one, in their order: under the receiver's lock a claim is looked at, and only
 * the head of the line is handled. Each call is one pedido and one committed ending.
 */
public final class Turnstile {

    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

    private final Turns turns;
    private final Handlers handlers;
    private final Attempt attempt;
    private final FailureRecord failures;
    private final RetryLadder ladder;
    private final String worker;
    private final BusyReceivers taken = new BusyReceivers();
    private final CancelledStatements cancelled = new CancelledStatements();

    /** @param worker the name of this process, whose lock it holds while it lives */
    public Turnstile(
            Turns turns,
            Handlers handlers,
            Attempt attempt,
            FailureRecord failures,
            RetryLadder ladder,
            String worker) {
        this.turns = turns;
        this.handlers = handlers;
        this.attempt = attempt;
        this.failures = failures;
        this.ladder = ladder;
        this.worker = worker;
    }

    /**
     * The pedido that a message claims.
     *
     * @param suspect it may be one that ends workers: a mark is committed before it is tried
     */
    public Ending pass(Candidate claim, boolean suspect) throws SQLException {
        String recebedorId = claim.pedido().recebedorId();
        if (taken.contains(recebedorId)) {
            return new Ending.NotNow();
        }
        try {
            return decided(claim, suspect);
        } catch (ReceiverLockTimeout e) {
            return notNow(recebedorId);
        }
    }

    /** The receiver's head, if it waits parked; empty: nothing to go on with. */
    public Optional<Ending> passParkedHead(String recebedorId, boolean suspect) throws SQLException {
        try (var turn = turns.open()) {
            var head = turn.enterHead(recebedorId).filter(Head::parked);
            if (head.isEmpty()) {
                return Optional.empty();
            }
            var claim = Candidate.ofHead(head.get());
            var handler = handlers.of(claim.pedido().tipo());
            boolean direct = !suspect
                    && !head.get().suspect()
                    && claim.version().tentativas() == 0
                    && (handler.isEmpty() || !Attempt.prepares(handler.get()));
            if (direct) {
                var ending = handle(turn, claim, handler, Preparation.NONE);
                if (ending.isPresent()) {
                    return ending;
                }
            }
            turn.close();
            return Optional.of(decided(claim, suspect));
        } catch (ReceiverLockTimeout e) {
            return Optional.of(notNow(recebedorId));
        }
    }

    private Ending notNow(String recebedorId) {
        LOG.atWarn()
                .addKeyValue("recebedor_id", recebedorId)
                .log("somebody holds the receiver's turn and does not let go: its pedidos are set aside meanwhile");
        taken.add(recebedorId);
        return new Ending.NotNow();
    }

    private Ending decided(Candidate claim, boolean suspect) throws SQLException {
        Optional<Ending> ending = decide(claim, suspect);
        while (ending.isEmpty()) {
            ending = decide(claim, suspect);
        }
        return ending.get();
    }

    /** @return empty where the pedido changed meanwhile: decide anew */
    private Optional<Ending> decide(Candidate claim, boolean suspect) throws SQLException {
        var handler = handlers.of(claim.pedido().tipo());
        Candidate current;
        try (var turn = turns.open()) {
            var standing = turn.enter(claim.pedido().recebedorId(), claim.pedidoId());
            var ending = unlessItsTurn(turn, claim, standing);
            if (ending.isPresent()) {
                return ending;
            }
            current = claim.at(standing.orElseThrow().version(claim.pedidoId()));
            var begun = standing.get().begun();
            if (begun.isPresent() && !begun.get().worker().equals(worker)) {
                turn.close();
                return begunByAnother(current, begun.get());
            }
            boolean mark = begun.isEmpty() && (suspect || current.version().tentativas() > 0);
            if (!mark && (handler.isEmpty() || !Attempt.prepares(handler.get()))) {
                return handle(turn, current, handler, Preparation.NONE);
            }
            if (mark) {
                turn.begin(current.version(), worker);
            }
        }
        return prepareAndHandle(current, handler);
    }

    /** One that lives may still end it: the message comes back and finds out. */
    private Optional<Ending> begunByAnother(Candidate claim, PedidoState.Beginner beginner) throws SQLException {
        return beginner.lives() ? Optional.of(new Ending.NotNow()) : failures.workerDied(claim, beginner.worker());
    }

    /** Only a head is prepared, and the turn is not held meanwhile: afterwards it is decided anew. */
    private Optional<Ending> prepareAndHandle(Candidate claim, Optional<Handler> handler) throws SQLException {
        var preparation = Preparation.NONE;
        if (handler.isPresent()) {
            try {
                preparation = attempt.prepare(claim, handler.get());
            } catch (Exception | Error e) {
                return failed(claim, e);
            }
        }
        try (var turn = turns.open()) {
            var standing = turn.enter(claim.pedido().recebedorId(), claim.pedidoId());
            var ending = unlessItsTurn(turn, claim, standing);
            return ending.isPresent() ? ending : handle(turn, claim, handler, preparation);
        }
    }

    private Optional<Ending> unlessItsTurn(Turn turn, Candidate claim, Optional<PedidoState> found)
            throws SQLException {
        if (found.isEmpty()) {
            return Optional.of(new Ending.Unknown());
        }
        var standing = found.get();
        return switch (Decision.on(claim, standing)) {
            case PROCESS -> Optional.empty();
            case PARK -> {
                turn.park(claim.pedidoId());
                yield Optional.of(new Ending.Passed());
            }
            case CONFLICT -> {
                turn.conflict(claim.pedidoId(), claim.payloadHash());
                yield Optional.of(new Ending.Passed());
            }
            case RETRY_UNPUBLISHED -> {
                var delay = ladder.atLeast(Duration.ofMillis(standing.dueInMillis()));
                yield Optional.of(new Ending.Retrying(claim.pedido(), standing.version(claim.pedidoId()), delay));
            }
            case WAITED -> {
                LOG.atWarn()
                        .addKeyValue("pedido_id", claim.pedidoId())
                        .log(
                                "its delay has passed, but the database's clock says {} ms are left: that clock was set back;"
                                        + " the pedido is tried now",
                                standing.dueInMillis());
                turn.dueNow(claim.version());
                yield unlessItsTurn(turn, claim, turn.enter(claim.pedido().recebedorId(), claim.pedidoId()));
            }
            case DUPLICATE, STALE, EARLY -> Optional.of(new Ending.Passed());
        };
    }

    private Optional<Ending> handle(Turn turn, Candidate claim, Optional<Handler> handler, Preparation preparation)
            throws SQLException {
        if (handler.isEmpty()) {
            turn.close();
            return failures.unknownTipo(claim);
        }
        try {
            return attempt.run(turn, claim, handler.get(), preparation);
        } catch (Exception | Error e) {
            turn.close();
            return failed(claim, e);
        }
    }

    private Optional<Ending> failed(Candidate claim, Throwable failure) throws SQLException {
        return switch (FailureKind.of(failure)) {
            case OUTAGE, CONTENTION -> throw new DatabaseFault(failure);
            case CANCELLED -> {
                if (!cancelled.isOneTooMany(claim.pedidoId())) {
                    throw new DatabaseFault(failure);
                }
                yield failures.transientFailure(claim, failure);
            }
            case UNAVAILABLE -> failures.postponed(claim, failure);
            case DUPLICATE -> adoptEffect(claim);
            case TRANSIENT -> failures.transientFailure(claim, failure);
            case PERMANENT -> failures.permanentFailure(claim, failure);
        };
    }

    private Optional<Ending> adoptEffect(Candidate claim) throws SQLException {
        LOG.atWarn()
                .addKeyValue("pedido_id", claim.pedidoId())
                .log("it has its effect already: its row follows the record");
        try (var turn = turns.entered(claim)) {
            turn.adoptEffect(claim.pedidoId());
            return Optional.of(new Ending.Passed());
        }
    }
}
