package dev.pedidos.api.acceptance;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether the database refused the content of a statement, which repeating does not change. */
final class DataFault {
    /** SQLSTATE classes: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private DataFault() {}

    static boolean isIn(Throwable failure) {
        String state = stateOf(failure);
        return state.length() > 2 && CLASSES.contains(state.substring(0, 2));
    }

    /** Empty if the failure is not the database's. */
    static String stateOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
