package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;

/** What a failure of an attempt means for the pedido. Of a failure of the database its SQLSTATE tells. */
enum FailureKind {
    /** The database cannot be used: work pauses, no attempt is used. */
    OUTAGE,
    /** Others were in the way: tried again in place, no attempt is used. */
    CONTENTION,
    /** The database ended a statement, or a transaction that waited: tried again in place; it may be the pedido that is slow, so not for ever. */
    CANCELLED,
    /** Something that the handler depends on is away: put off, no attempt is used. */
    UNAVAILABLE,
    /** The effect's key is there already: the pedido is done. */
    DUPLICATE,
    TRANSIENT,
    PERMANENT;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String EFFECT_KEY = "operation_events_one_effect";

    static FailureKind of(Throwable failure) {
        return switch (failure) {
            case PermanentFailure permanent -> PERMANENT;
            case TransientFailure transientOne -> TRANSIENT;
            // Whatever the database made of it: the handler had its time.
            case TimeLimit.OverTime overTime -> TRANSIENT;
            case DependencyUnavailable unavailable -> UNAVAILABLE;
            case CallNotPermittedException breakerOpen -> UNAVAILABLE;
            default ->
                LedgerFault.kindOf(failure)
                        .map(kind -> ofDatabase(kind, failure))
                        .orElse(TRANSIENT);
        };
    }

    private static FailureKind ofDatabase(LedgerFault.Kind kind, Throwable failure) {
        return switch (kind) {
            case OUTAGE, LOGIN -> OUTAGE;
            case CONTENTION -> CONTENTION;
            case CANCELLED -> CANCELLED;
            case CONTENT -> isSecondEffect(failure) ? DUPLICATE : PERMANENT;
            // A handler's own table is its own fault; one of ours will be there again.
            case CONFIGURATION -> LedgerFault.isOfTheLedger(failure) ? OUTAGE : PERMANENT;
            case OTHER -> TRANSIENT;
        };
    }

    private static boolean isSecondEffect(Throwable failure) {
        return LedgerFault.stateOf(failure).equals(UNIQUE_VIOLATION)
                && LedgerFault.text(failure).contains(EFFECT_KEY);
    }
}
