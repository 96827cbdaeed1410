package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What a failure says about the database, for those who do not speak to it themselves. */
public final class LedgerFault {
    /** SQLSTATE classes: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");
    /** SQLSTATE classes: connection, resources, operator intervention, system error. */
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");
    /** A write on what is only a standby now. */
    private static final String READ_ONLY = "25006";

    private LedgerFault() {}

    /** The database failed, or could not be reached. */
    public static boolean isIn(Throwable failure) {
        return failure instanceof SQLException || failure instanceof JdbiException;
    }

    /** The database is away, or as good as that: waiting helps. */
    public static boolean isOutage(Throwable failure) {
        String state = stateOf(failure);
        return state.equals(READ_ONLY) || (state.length() > 2 && OUTAGES.contains(state.substring(0, 2)));
    }

    /** The database refused the content of a statement: repeating does not change that. */
    public static boolean isRefusal(Throwable failure) {
        String state = stateOf(failure);
        return state.length() > 2 && REFUSALS.contains(state.substring(0, 2));
    }

    /** The SQLSTATE; empty if the failure has none. */
    public static String stateOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
