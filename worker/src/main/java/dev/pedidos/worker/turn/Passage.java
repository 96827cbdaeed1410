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
    private final Candidate candidate;
    private final Candidate message;
    private final Optional<RegisteredHandler> handler;
    /** With the numbers of its row, once that is read. */
    private Candidate latest;

    /** @param message the delivery in hand */
    Passage(PassageContext context, Candidate candidate, Candidate message) {
        this.context = context;
        this.candidate = candidate;
        this.message = message;
        this.handler = context.handlers().of(candidate.pedido().tipo());
        this.latest = candidate;
    }

    /** Whether the pedido may carry this worker's begin mark now. */
    boolean mayHaveMarked() {
        return latest.needsBeginMark();
    }

    /** Before it is set aside. With this worker's mark, no other worker would try it until this one ends. */
    void unmark() {
        if (mayHaveMarked()) {
            context.turns().unmark(latest.pedidoId(), context.worker());
        }
    }

    /** Starts over whenever the pedido changed in between. */
    Ending untilEnded() throws SQLException {
        while (true) {
            if (once() instanceof Ended(var ending)) {
                return ending;
            }
        }
    }

    /** One attempt in the turn of a head that is known and whose handler prepares nothing. */
    Tried tryIn(Turn turn) throws SQLException {
        return context.attempt().run(turn, candidate, handler, Preparation.NONE);
    }

    private Tried once() throws SQLException {
        if (prepares() && !candidate.needsBeginMark()) {
            var ordinary = context.preparedLots().ordinaryHead(candidate, handler.orElseThrow());
            if (ordinary.isPresent()) {
                latest = ordinary.get();
                return prepareAndTry();
            }
        }
        try (var turn = context.turns().open()) {
            switch (context.line().look(turn, candidate)) {
                case Ended ended -> {
                    return ended;
                }
                case Look.ItsTurn(var state) -> {
                    latest = candidate.at(state.version(candidate.pedidoId()));
                    var tried = decided(turn, state);
                    if (tried.isPresent()) {
                        return tried.get();
                    }
                }
            }
        }
        return prepareAndTry();
    }

    /** Empty if it is to be prepared first. It has a begin mark then, if it needs one. */
    private Optional<Tried> decided(Turn turn, PedidoState state) throws SQLException {
        var other = state.begun().filter(mark -> !mark.worker().equals(context.worker()));
        if (other.filter(PedidoState.Beginner::lives).isPresent()) {
            return Optional.of(new Ended(new Ending.ReceiverBusy(message)));
        }
        if (state.cancelled()) {
            return Optional.of(context.attempt().cancelled(turn, latest));
        }
        if (other.isPresent()) {
            turn.close();
            return Optional.of(context.failures().workerDied(latest, other.get().worker()));
        }
        if (state.begun().isEmpty() && latest.needsBeginMark()) {
            turn.begin(latest.version(), context.worker());
            return Optional.empty();
        }
        return prepares()
                ? Optional.empty()
                : Optional.of(context.attempt().run(turn, latest, handler, Preparation.NONE));
    }

    /** Only a head is prepared. The lock is not held during that, so the pedido is looked at again afterwards. */
    private Tried prepareAndTry() throws SQLException {
        var preparation = Preparation.NONE;
        if (handler.isPresent()) {
            try {
                preparation = context.attempt().prepare(latest, handler.get().handler());
            } catch (Exception | Error e) {
                return context.attempt().failed(latest, e);
            }
            var together = context.preparedLots().pass(latest, handler.get(), preparation);
            if (together.isPresent()) {
                return new Ended(together.get());
            }
        }
        try (var turn = context.turns().open()) {
            return switch (context.line().look(turn, latest)) {
                case Ended ended -> ended;
                case Look.ItsTurn(var state) ->
                    state.cancelled()
                            ? context.attempt().cancelled(turn, latest.at(state.version(latest.pedidoId())))
                            : context.attempt().run(turn, latest, handler, preparation);
            };
        }
    }

    private boolean prepares() {
        return handler.map(RegisteredHandler::prepares).orElse(false);
    }
}
