package dev.pedidos.shared.protocol;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.PedidoState;
import java.util.Arrays;

/** The decision about a message, given the pedido's state. */
public enum Decision {
    /** It is the head of its line, and due or cancelled. */
    PROCESS,
    /** Same id, other content. */
    CONFLICT,
    /** The pedido is finished. */
    DUPLICATE,
    /** A copy from before a newer attempt or a redrive. */
    STALE,
    /** As STALE, but the worker that scheduled the next attempt died before it published it. */
    RETRY_UNPUBLISHED,
    /** The pedido waits for its next attempt, and this message may be the only one that can start it. */
    EARLY,
    /** A delay queue gave it back before the delay was over, or the database's clock was set back meanwhile by less than the delay. */
    BACK_TOO_SOON,
    /** Its delay has passed, but by the database's clock all of it is still to come: that clock was set back. */
    WAITED,
    /** Another pedido of its receiver comes first. */
    PARK;

    /** The order of the checks matters: a stale copy of other content is still a conflict. */
    public static Decision on(Candidate candidate, PedidoState state) {
        if (!Arrays.equals(candidate.payloadHash(), state.payloadHash())) {
            return CONFLICT;
        }
        if (!state.status().unfinished()) {
            return DUPLICATE;
        }
        // Whatever the message was for: a cancelled pedido waits for no attempt.
        if (state.cancelled() && state.head()) {
            return PROCESS;
        }
        if (state.isPast(candidate.version())) {
            return state.status() == PedidoStatus.RETRYING && !state.published() ? RETRY_UNPUBLISHED : STALE;
        }
        if (state.dueInMillis() > 0) {
            return early(candidate, state);
        }
        return state.head() ? PROCESS : PARK;
    }

    /** A policy may end a delay early. No policy leaves all of it. */
    private static Decision early(Candidate candidate, PedidoState state) {
        return candidate
                .waited()
                .map(delay -> state.dueInMillis() >= delay.toMillis() ? WAITED : BACK_TOO_SOON)
                .orElse(EARLY);
    }

    /** Whether it may be tried now, and nothing about its row is unusual: no worker's begin mark, no cancellation. */
    public static boolean isOrdinary(Candidate candidate, PedidoState state) {
        return on(candidate, state) == PROCESS && state.begun().isEmpty() && !state.cancelled();
    }
}
