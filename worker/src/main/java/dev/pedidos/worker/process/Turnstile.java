package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Standing;
import dev.pedidos.shared.ledger.Turn;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a receiver's pedidos through one by one, in their order: under the receiver's lock a claim is looked at, and only
 * the head of the line is handled. Each call is one pedido and one committed ending.
 */
final class Turnstile {

    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

    private final Database database;
    private final Handlers handlers;
    private final Attempt attempt;
    private final FailureRecord failures;

    Turnstile(Database database, Handlers handlers, Attempt attempt, FailureRecord failures) {
        this.database = database;
        this.handlers = handlers;
        this.attempt = attempt;
        this.failures = failures;
    }

    /** The pedido that a message claims. */
    Ending pass(Claim claim) throws SQLException {
        var handler = handlers.of(claim.pedido().tipo());
        return handler.isPresent() && Attempt.prepares(handler.get())
                ? passPrepared(claim, handler.get())
                : passWith(claim, handler, Preparation.NONE);
    }

    /** The receiver's head, if it waits parked; empty: nothing to go on with. */
    Optional<Ending> passParkedHead(String recebedorId) throws SQLException {
        try (var turn = Turn.open(database)) {
            var head = turn.enterHead(recebedorId);
            if (head.isEmpty() || !head.get().parked()) {
                return Optional.empty();
            }
            var claim = Claim.ofHead(head.get());
            var handler = handlers.of(claim.pedido().tipo());
            if (handler.isEmpty() || !Attempt.prepares(handler.get())) {
                return Optional.of(handle(turn, claim, handler, Preparation.NONE));
            }
            turn.close();
            return Optional.of(passPrepared(claim, handler.get()));
        }
    }

    /** Only a head is prepared, and the turn is not held meanwhile: afterwards it is decided anew. */
    private Ending passPrepared(Claim claim, Handler handler) throws SQLException {
        try (var turn = Turn.open(database)) {
            var ending = unlessItsTurn(turn, claim);
            if (ending.isPresent()) {
                return ending.get();
            }
        }
        Preparation preparation;
        try {
            preparation = handler.prepare(claim.pedido());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while preparing", e);
        } catch (Exception | LinkageError | StackOverflowError e) {
            return failed(claim, e);
        }
        return passWith(claim, Optional.of(handler), preparation);
    }

    private Ending passWith(Claim claim, Optional<Handler> handler, Preparation preparation) throws SQLException {
        try (var turn = Turn.open(database)) {
            var ending = unlessItsTurn(turn, claim);
            return ending.isPresent() ? ending.get() : handle(turn, claim, handler, preparation);
        }
    }

    private Optional<Ending> unlessItsTurn(Turn turn, Claim claim) throws SQLException {
        String pedidoId = claim.version().pedidoId();
        Optional<Standing> standing = turn.enter(claim.pedido().recebedorId(), pedidoId);
        if (standing.isEmpty()) {
            return Optional.of(new Ending.Unknown());
        }
        return switch (Decision.on(claim, standing.get())) {
            case PROCESS -> Optional.empty();
            case PARK -> {
                turn.park(pedidoId);
                yield Optional.of(new Ending.Passed());
            }
            case CONFLICT -> {
                turn.conflict(pedidoId, claim.payloadHash());
                yield Optional.of(new Ending.Passed());
            }
            case DUPLICATE, STALE, EARLY -> Optional.of(new Ending.Passed());
        };
    }

    private Ending handle(Turn turn, Claim claim, Optional<Handler> handler, Preparation preparation)
            throws SQLException {
        if (handler.isEmpty()) {
            turn.close();
            return failures.unknownTipo(claim);
        }
        try {
            return attempt.run(turn, claim, handler.get(), preparation);
        } catch (Exception | LinkageError | StackOverflowError e) {
            turn.close();
            return failed(claim, e);
        }
    }

    private Ending failed(Claim claim, Throwable failure) throws SQLException {
        return switch (FailureKind.of(failure)) {
            case OUTAGE -> throw new DatabaseOutage(failure);
            case DUPLICATE -> {
                LOG.atWarn()
                        .addKeyValue("pedido_id", claim.version().pedidoId())
                        .log("it has its effect already: its row follows the record");
                yield adoptEffect(claim);
            }
            case TRANSIENT -> failures.transientFailure(claim, failure);
            case PERMANENT -> failures.permanentFailure(claim, failure);
        };
    }

    private Ending adoptEffect(Claim claim) throws SQLException {
        try (var turn = Turn.open(database)) {
            turn.enter(claim.pedido().recebedorId(), claim.version().pedidoId());
            turn.adoptEffect(claim.version().pedidoId());
            return new Ending.Passed();
        }
    }
}
