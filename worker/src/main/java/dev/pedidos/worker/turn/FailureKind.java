package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.FaultText;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.LimitReached;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a failed attempt for the pedido. The SQLSTATE classifies a failure of the ledger: one that came through {@code tx},
 * or through what {@code calls} asks the ledger. The failure of any other database is the handler's own, whatever its SQLSTATE.
 */
enum FailureKind {
    /** The database is down: work pauses, no attempt is used. */
    OUTAGE,
    /** Others were in the way: tried again in place, no attempt is used. */
    CONTENTION,
    /** The database ended a statement or an idle transaction: tried again in place a few times. The pedido may be slow. */
    CANCELLED,
    /** A dependency of the handler is down: put off, no attempt is used. */
    UNAVAILABLE,
    /** The effect's key exists already: the pedido is done. */
    DUPLICATE,
    TRANSIENT,
    PERMANENT;

    private static final String EFFECT_KEY = "operation_events_one_effect";

    /** @param failure neither {@link DependencyBusy} nor {@link LimitReached}: these say by themselves how long the pedido waits */
    static FailureKind of(Throwable failure) {
        return switch (failure) {
            case PermanentFailure permanent -> PERMANENT;
            case TransientFailure transientOne -> TRANSIENT;
            case TimeLimit.OverTime inACall when inACall.getCause() instanceof DependencyUnavailable -> UNAVAILABLE;
            // The connection is lost: the database or the handler took too long. It is unknown which.
            // As an outage it would be repeated for ever.
            case TimeLimit.OverTime lostIt when isOutage(lostIt.getCause()) -> CANCELLED;
            // Whatever else the database reports: the handler exceeded its time.
            case TimeLimit.OverTime overTime -> TRANSIENT;
            case DependencyUnavailable unavailable -> UNAVAILABLE;
            case CallNotPermittedException breakerOpen -> UNAVAILABLE;
            default ->
                LedgerFault.kindOf(failure)
                        .filter(kind -> LedgerFault.cameFromLedger(failure))
                        .map(kind -> ofTheLedger(kind, failure))
                        .orElse(TRANSIENT);
        };
    }

    private static boolean isOutage(@Nullable Throwable cause) {
        return cause != null && LedgerFault.cameFromLedger(cause) && LedgerFault.isOutage(cause);
    }

    private static FailureKind ofTheLedger(LedgerFault.Kind kind, Throwable failure) {
        return switch (kind) {
            case OUTAGE, LOGIN -> OUTAGE;
            case CONTENTION -> CONTENTION;
            case CANCELLED -> CANCELLED;
            case CONTENT -> isSecondEffect(failure) ? DUPLICATE : PERMANENT;
            // A missing table of the handler is the handler's fault. A missing table of the ledger will be restored.
            case CONFIGURATION -> LedgerFault.isMissingLedgerObject(failure) ? OUTAGE : PERMANENT;
            case OTHER -> TRANSIENT;
        };
    }

    private static boolean isSecondEffect(Throwable failure) {
        return LedgerFault.isSecondRow(failure) && FaultText.text(failure).contains(EFFECT_KEY);
    }
}
