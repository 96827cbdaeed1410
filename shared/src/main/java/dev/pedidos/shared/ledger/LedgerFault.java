package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Classifies a failure of the database. {@link SqlStates} has the table of SQLSTATEs. */
public final class LedgerFault {

    /** How to treat a failure. */
    public enum Kind {
        /** The database is down, or as good as down: pause until it can be used. */
        OUTAGE,
        /** The database refuses the login. A running program pauses; a starting one ends. */
        LOGIN,
        /** Another transaction was in the way: try again, without a limit. */
        CONTENTION,
        /**
         * The database ended the statement or the transaction. Try again a few times; after that the statement is the
         * cause.
         */
        CANCELLED,
        /** The database refuses the content of the statement; repeating does not help. */
        CONTENT,
        /** A right, a table or a function is missing. If it belongs to the ledger, an operator has to repair it. */
        CONFIGURATION,
        /** Anything else. */
        OTHER
    }

    /** Marks a failure that a session of the ledger has thrown, or the pool that has none. */
    private static final class LedgersMark extends Throwable {

        private static final long serialVersionUID = 1L;

        LedgersMark() {
            super("thrown by a session of the ledger", null, false, false);
        }
    }

    private static final Throwable LEDGERS_MARK = new LedgersMark();
    private static final int LONGEST_CHAIN = 50;
    /** {@code LedgerFaultTest} compares it with the migrations. */
    private static final Pattern LEDGER_OBJECTS =
            Pattern.compile("(?<![\\w.])(public\\.)?(pedidos|operation_events|estoque|reservas|tipos|fleet|workers"
                    + "|living_workers|worker_lives|redrives|redrive_items|cancelamentos|conflicts|only_as_head"
                    + "|pedido_(answers|bytes|calls_back|content|json)|dead_letter_answers|visible_status|rfc3339"
                    + "|operations|operation_(outcomes|answers)|webhooks|webhook_(answers|endpoint|insert)"
                    + "|tasks|task_(changes|counts|answers|status|of|calls_back|item_changed)"
                    + "|chamadas|respostas|pausas|limites|limite_vagas|esperas"
                    + "|arquivados|arquivo|\\w+_arquivad[ao]s|known_pedidos|archive_\\w+|archived_\\w+|open_archive_month"
                    + "|unarchive_pedido|reservas_descartadas|tod[ao]s_\\w+|\\w+_refuse_\\w+"
                    + "|pg_(try_)?advisory_\\w+|hashtextextended)(?!\\w)");

    private LedgerFault() {}

    /** Remembers that this failure, with all in it, came from the ledger: handlers may use other databases too. */
    public static <E extends SQLException> E markedAsLedgers(E failure) {
        for (Throwable each : failure) {
            if (each instanceof SQLException sql && !isMarked(sql)) {
                sql.addSuppressed(LEDGERS_MARK);
            }
        }
        return failure;
    }

    private static boolean isMarked(SQLException failure) {
        return Arrays.asList(failure.getSuppressed()).contains(LEDGERS_MARK);
    }

    /** True if a session of the ledger failed, or was not available. False for the failure of any other database. */
    public static boolean cameFromLedger(Throwable failure) {
        return sqlIn(failure).anyMatch(LedgerFault::isMarked);
    }

    /** True if a database failed that is not the ledger. */
    public static boolean cameFromAnotherDatabase(Throwable failure) {
        return sqlIn(failure).findAny().isPresent() && !cameFromLedger(failure);
    }

    /** Empty if it is not a failure of the database. */
    public static Optional<Kind> kindOf(Throwable failure) {
        return sqlIn(failure).findAny().map(any -> SqlStates.kindOf(stateOf(failure)));
    }

    /** True if the database failed or could not be reached. */
    public static boolean isDatabaseFailure(Throwable failure) {
        return failure instanceof SQLException || failure instanceof JdbiException;
    }

    /** True if the database is down, or as good as down: waiting helps. */
    public static boolean isOutage(Throwable failure) {
        return kindOf(failure).filter(kind -> kind == Kind.OUTAGE).isPresent();
    }

    /** True if a session was lost, or none came in time: its server or the network does not answer. */
    public static boolean isConnectionLost(Throwable failure) {
        String state = stateOf(failure);
        return isDatabaseFailure(failure) && (state.isEmpty() || state.startsWith(SqlStates.CONNECTION_EXCEPTION));
    }

    /** True if the database refused the content of a statement: repeating does not help. */
    public static boolean isRefusal(Throwable failure) {
        return kindOf(failure).filter(kind -> kind == Kind.CONTENT).isPresent();
    }

    /** A lock was not free within {@code lock_timeout}. */
    public static boolean isLockTimeout(Throwable failure) {
        return stateOf(failure).equals(SqlStates.LOCK_NOT_AVAILABLE);
    }

    /** Another transaction has a lock that this one needs: it may be free later. */
    public static boolean isInUse(Throwable failure) {
        return isLockTimeout(failure) || stateOf(failure).equals(SqlStates.DEADLOCK_DETECTED);
    }

    /** Another transaction made this one impossible, and nothing of it was kept: it can be repeated at once. */
    public static boolean isSerializationFailure(Throwable failure) {
        return stateOf(failure).equals(SqlStates.SERIALIZATION_FAILURE);
    }

    /** The role lacks a right. */
    public static boolean isMissingRight(Throwable failure) {
        return stateOf(failure).equals(SqlStates.INSUFFICIENT_PRIVILEGE);
    }

    /** A table does not exist. */
    public static boolean isMissingTable(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNDEFINED_TABLE);
    }

    /** A column does not exist. */
    public static boolean isMissingColumn(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNDEFINED_COLUMN);
    }

    /** The statement was cancelled: it took too long, or somebody ended it. */
    public static boolean isCancelled(Throwable failure) {
        return stateOf(failure).equals(SqlStates.QUERY_CANCELED);
    }

    /** No connection to the database could be made. */
    public static boolean isUnreachable(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNABLE_TO_CONNECT);
    }

    /** A row with this key exists already. */
    public static boolean isSecondRow(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNIQUE_VIOLATION);
    }

    /**
     * True if an object of the ledger, or a right on one, is missing; false for a handler's own tables. The names of objects are the
     * same in every language of the server's messages.
     */
    public static boolean isMissingLedgerObject(Throwable failure) {
        return SqlStates.isMissing(stateOf(failure))
                && LEDGER_OBJECTS.matcher(FaultText.text(failure)).find();
    }

    /** True if the session must not be used again after this failure. */
    public static boolean endsSession(SQLException failure) {
        return SqlStates.endsSession(stateOf(failure));
    }

    /**
     * The SQLSTATE; empty if the failure has none. For a statement in a transaction that had failed before, the
     * SQLSTATE of that first failure.
     */
    public static String stateOf(Throwable failure) {
        List<String> states = sqlIn(failure)
                .flatMap(sql -> Stream.ofNullable(ForeignFailure.read(sql::getSQLState)))
                .toList();
        return states.stream()
                .filter(state -> !state.equals(SqlStates.IN_FAILED_TRANSACTION))
                .findFirst()
                .or(() -> states.stream().findFirst())
                .orElse("");
    }

    /** The failures of a database among a failure and its causes, the outermost first. */
    static Stream<SQLException> sqlIn(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, cause -> ForeignFailure.read(cause::getCause))
                .limit(LONGEST_CHAIN)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }
}
