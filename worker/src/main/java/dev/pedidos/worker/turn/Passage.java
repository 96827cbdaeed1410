package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.Optional;

/** One pedido on its way to an ending. */
final class Passage {

    private final PassageContext context;
    /** The pedido as its message or its receiver's line named it: each try begins with it. */
    private final Candidate asFound;
    /** The delivered message, perhaps of an earlier pedido of the same receiver: it is set aside while the receiver is busy. */
    private final Candidate deliveredMessage;
    /** The pedido with the numbers of its row, once that is read: what a try records holds for these numbers alone. */
    private Candidate latest;

    private final Optional<RegisteredHandler> handler;
    private long turnSince = System.nanoTime();

    Passage(PassageContext context, Candidate asFound, Candidate deliveredMessage) {
        this.context = context;
        this.asFound = asFound;
        this.deliveredMessage = deliveredMessage;
        this.latest = asFound;
        this.handler = context.handlers().of(asFound.pedido().tipo());
    }

    /** Whether the pedido may carry this worker's begin mark now. */
    boolean mayHaveMarked() {
        return latest.suspect();
    }

    /** When its latest turn was begun, by System.nanoTime(). */
    long turnSince() {
        return turnSince;
    }

    private Turn openTurn() {
        turnSince = System.nanoTime();
        return context.turns().open();
    }

    /** Before it is set aside. With this worker's mark, no other worker would try it until this one ends. */
    void unmark() {
        if (mayHaveMarked()) {
            context.turns().unmark(latest.pedidoId(), context.worker().name());
        }
    }

    /** Starts over whenever the pedido changed in between. */
    Ending untilEnded() throws SQLException {
        while (true) {
            if (tryOnce() instanceof Ended(var ending)) {
                return ending;
            }
        }
    }

    /** One attempt in the turn of a head that is known and whose handler prepares nothing. */
    Tried tryIn(Turn turn) throws SQLException {
        return context.attempt().run(turn, asFound, handler, Preparation.NONE);
    }

    private Tried tryOnce() throws SQLException {
        var ordinary = lookWithoutTurn();
        if (ordinary.isPresent()) {
            latest = ordinary.get();
            return prepareAndTry();
        }
        var first = takeFirstTurn();
        return first instanceof Tried.ToPrepare ? prepareAndTry() : first;
    }

    /** Empty unless it is to be prepared, may be tried now, and nothing about it is unusual. */
    private Optional<Candidate> lookWithoutTurn() throws SQLException {
        if (!prepares() || asFound.suspect()) {
            return Optional.empty();
        }
        return context.preparedLots().take(handler.orElseThrow())
                ? context.preparedLots().lookTogether(asFound)
                : LineCheck.ordinaryHead(context.turns(), asFound);
    }

    private Tried takeFirstTurn() throws SQLException {
        try (var turn = openTurn()) {
            return switch (context.line().look(turn, asFound)) {
                case Ended ended -> ended;
                case Look.ItsTurn(var state) -> {
                    latest = asFound.at(state);
                    yield tryAsHead(turn, state);
                }
            };
        }
    }

    private Tried tryAsHead(Turn turn, PedidoState state) throws SQLException {
        var othersMark = state.begun()
                .filter(mark -> !mark.worker().equals(context.worker().name()));
        if (othersMark.filter(PedidoState.Beginner::lives).isPresent()) {
            return new Ended(new Ending.SetAside(deliveredMessage));
        }
        if (state.cancelled()) {
            return context.attempt().endCancelled(turn, latest);
        }
        if (othersMark.isPresent()) {
            turn.close();
            return beginnerIsGone(othersMark.get().worker());
        }
        if (state.begun().isEmpty() && latest.suspect()) {
            turn.markBegun(latest.version(), context.worker().name());
            return new Tried.ToPrepare();
        }
        return prepares() ? new Tried.ToPrepare() : context.attempt().run(turn, latest, handler, Preparation.NONE);
    }

    /** The lock of the worker that has begun is free. */
    private Tried beginnerIsGone(String worker) throws SQLException {
        return context.worker().canTellDeaths().getAsBoolean()
                ? context.attempt().workerDied(latest, worker)
                : new Ended(new Ending.SetAside(deliveredMessage));
    }

    /** Only a head is prepared. The lock is not held during that, so the pedido is looked at again afterwards. */
    private Tried prepareAndTry() throws SQLException {
        return handler.isPresent() ? prepareAndTry(handler.get()) : tryPrepared(Preparation.NONE);
    }

    private Tried prepareAndTry(RegisteredHandler preparing) throws SQLException {
        return switch (context.attempt().prepare(latest, preparing)) {
            case Prepared.Failed(var recorded) -> recorded;
            case Prepared.Ready(var preparation) -> {
                var together = context.preparedLots().pass(latest, preparing, preparation);
                yield together.isPresent() ? new Ended(together.get()) : tryPrepared(preparation);
            }
        };
    }

    private Tried tryPrepared(Preparation preparation) throws SQLException {
        try (var turn = openTurn()) {
            return switch (context.line().look(turn, latest)) {
                case Ended ended -> ended;
                case Look.ItsTurn(var state) ->
                    state.cancelled()
                            ? context.attempt().endCancelled(turn, latest.at(state))
                            : context.attempt().run(turn, latest, handler, preparation);
            };
        }
    }

    private boolean prepares() {
        return handler.map(RegisteredHandler::prepares).orElse(false);
    }
}
