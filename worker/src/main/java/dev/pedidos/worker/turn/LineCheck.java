package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.cancel.CancelTarget;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a pedido under its receiver's lock, and acts on the {@link Decision}. Records why it may not be tried, where the
 * ledger needs to know.
 */
public final class LineCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LineCheck.class);

    private static final RepeatedFaultLog FAULTS = new RepeatedFaultLog(LOG);

    private final RetryLadder ladder;

    public LineCheck(RetryLadder ladder) {
        this.ladder = ladder;
    }

    Look look(Turn turn, Candidate candidate) throws SQLException {
        var found = turn.enter(candidate.recebedorId(), candidate.pedidoId());
        return found.isEmpty() ? new Ended(new Ending.Unknown(candidate)) : decided(turn, candidate, found.get());
    }

    /**
     * Looks without a turn, which takes one round trip.
     *
     * @return the pedido with the numbers of its row; empty unless it may be tried now and nothing about it is unusual
     */
    static Optional<Candidate> ordinaryHead(Turns turns, Candidate candidate) throws SQLException {
        return turns.look(candidate.recebedorId(), candidate.pedidoId())
                .filter(state -> Decision.isOrdinary(candidate, state))
                .map(candidate::at);
    }

    private Look decided(Turn turn, Candidate candidate, PedidoState state) throws SQLException {
        return switch (Decision.on(candidate, state)) {
            case PROCESS -> new Look.ItsTurn(state);
            case PARK -> {
                endTargetOf(turn, candidate.pedido());
                turn.park(candidate.pedidoId());
                yield skipped(Reason.PARKED);
            }
            case CONFLICT -> {
                turn.conflict(candidate.pedidoId(), candidate.payloadHash());
                yield skipped(Reason.CONFLICT);
            }
            case DUPLICATE -> skipped(Reason.DUPLICATE);
            case STALE -> skipped(Reason.STALE);
            case EARLY, RETRY_UNPUBLISHED -> {
                var delay = ladder.atLeast(Duration.ofMillis(state.dueInMillis()));
                yield new Ended(new Ending.Retrying(
                        candidate.pedido(), state.version(candidate.pedidoId()), delay, candidate.suspect()));
            }
            case BACK_TOO_SOON -> {
                FAULTS.warn(
                        "delay queues give messages back too soon, or the database's clock was set back:"
                                + " the relay publishes each pedido when it is due",
                        "",
                        "see the runbook: a policy of the broker changes the queues");
                // Not to a delay queue: it may give the message back at once, again and again.
                turn.leaveToRelay(state.version(candidate.pedidoId()));
                yield skipped(Reason.EARLY);
            }
            case WAITED -> {
                LOG.atWarn()
                        .addKeyValue("pedido_id", candidate.pedidoId())
                        .log(
                                "the delay has passed, but by the database's clock {} ms remain: that clock was set back;"
                                        + " the pedido is tried now",
                                state.dueInMillis());
                // Of the row, which is the authority: the message may be ahead of it, after the database was restored.
                turn.dueNow(state.version(candidate.pedidoId()));
                yield look(turn, candidate.asEarly());
            }
        };
    }

    /**
     * If the parked pedido is a cancellation, ends its target where that needs no handler. The target may have died, or begun to wait
     * for its next attempt, after the API looked at it and before the cancellation was committed.
     */
    private static void endTargetOf(Turn turn, Pedido parked) {
        if (parked.tipo().equals(Cancelamento.TIPO)) {
            Cancelamento.of(parked)
                    .flatMap(cancelamento -> CancelTarget.lock(turn.handle(), cancelamento))
                    .ifPresent(target -> target.endWithoutWorker(turn.handle()));
        }
    }

    private static Look skipped(Reason reason) {
        return new Ended(new Ending.Skipped(reason));
    }
}
