package dev.pedidos.worker.process;

import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure means for the pedido. SQLSTATE classes: PostgreSQL's appendix "Error Codes". */
enum FailureKind {
    /** The database, not the pedido: tried again in place, no attempt is used. */
    OUTAGE,
    /** The effect's key is there already: the pedido is done. */
    DUPLICATE,
    TRANSIENT,
    PERMANENT;

    private static final String EFFECT_KEY = "operation_events_one_effect";

    static FailureKind of(Throwable failure) {
        return switch (failure) {
            case PermanentFailure permanent -> PERMANENT;
            case TransientFailure transientOne -> TRANSIENT;
            default -> {
                var sql = sqlException(failure);
                yield sql == null ? TRANSIENT : ofSqlState(sql);
            }
        };
    }

    private static FailureKind ofSqlState(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.equals("23505") && String.valueOf(failure.getMessage()).contains(EFFECT_KEY)) {
            return DUPLICATE;
        }
        return switch (state) {
            // read_only_sql_transaction after a fail-over; lock_not_available.
            case "25006", "55P03" -> OUTAGE;
            default ->
                switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                    // connection, serialization and deadlock, resources, operator intervention, system error
                    case "08", "40", "53", "57", "58" -> OUTAGE;
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
