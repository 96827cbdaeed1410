package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.turn.PedidoState;
import java.util.Arrays;

/** What becomes of a claim, given how its pedido stands. */
enum Decision {
    PROCESS,
    /** Same id, other content. */
    CONFLICT,
    /** It is finished already. */
    DUPLICATE,
    /** A copy from before a newer attempt or redrive. */
    STALE,
    /** As STALE, but whoever scheduled the next attempt did not live to publish it. */
    RETRY_UNPUBLISHED,
    /** It waits for its next attempt; the delay queue hands it back in time. */
    EARLY,
    /** The delay queue has handed it back in time, and the database's clock says it is early: that clock was set back. */
    WAITED,
    /** Something stands before it in its receiver's line. */
    PARK;

    /** The order of the checks matters: a stale copy of other content is still a conflict. */
    static Decision on(Candidate claim, PedidoState standing) {
        if (!Arrays.equals(claim.payloadHash(), standing.payloadHash())) {
            return CONFLICT;
        }
        if (!standing.status().unfinished()) {
            return DUPLICATE;
        }
        if (standing.isPast(claim.version())) {
            return standing.status() == Status.RETRYING && !standing.published() ? RETRY_UNPUBLISHED : STALE;
        }
        if (standing.dueInMillis() > 0) {
            return claim.waited() ? WAITED : EARLY;
        }
        return standing.head() ? PROCESS : PARK;
    }
}
