package dev.pedidos.worker.process;

import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure means for the pedido. SQLSTATE classes: PostgreSQL's appendix "Error Codes". */
enum FailureKind {
    /** The database is away: work pauses, no attempt is used. */
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

    private static final String EFFECT_KEY = "operation_events_one_effect";

    static FailureKind of(Throwable failure) {
        return switch (failure) {
            case PermanentFailure permanent -> PERMANENT;
            case TransientFailure transientOne -> TRANSIENT;
            // Whatever the database made of it: the handler had its time.
            case TimeLimit.OverTime overTime -> TRANSIENT;
            case DependencyUnavailable unavailable -> UNAVAILABLE;
            case CallNotPermittedException breakerOpen -> UNAVAILABLE;
            default -> {
                var sql = sqlException(failure);
                yield sql == null ? TRANSIENT : ofSqlState(sql);
            }
        };
    }

    /** The database alone is to blame: whatever was to be done can be done again in the same place. */
    boolean isTheDatabases() {
        return this == OUTAGE || this == CONTENTION || this == CANCELLED;
    }

    private static FailureKind ofSqlState(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.equals("23505") && String.valueOf(failure.getMessage()).contains(EFFECT_KEY)) {
            return DUPLICATE;
        }
        return switch (state) {
            // The driver's or the pool's own: the connection is closed, none is to be had.
            case "" -> OUTAGE;
            // read_only_sql_transaction after a fail-over
            case "25006" -> OUTAGE;
            // lock_not_available
            case "55P03" -> CONTENTION;
            // query_canceled; idle_in_transaction_session_timeout: the handler did something else, or this process
            // stood still
            case "57014", "25P03" -> CANCELLED;
            default ->
                switch (state.substring(0, Math.min(2, state.length()))) {
                    // connection, resources, operator intervention, system error
                    case "08", "53", "57", "58" -> OUTAGE;
                    // serialization and deadlock
                    case "40" -> CONTENTION;
                    // data, integrity, syntax and access
                    case "22", "23", "42" -> PERMANENT;
                    default -> TRANSIENT;
                };
        };
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
