package dev.pedidos.api.acceptance;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells whether the database refused the content of a statement, which repeating does not change. */
final class DataFault {
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String PROGRAM_LIMIT_EXCEEDED = "54";

    private DataFault() {}

    static boolean isIn(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith(DATA_EXCEPTION)
                        || state.startsWith(CONSTRAINT_VIOLATION)
                        || state.startsWith(PROGRAM_LIMIT_EXCEEDED);
            }
        }
        return false;
    }
}
