package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/** What a failure says about the database. Which SQLSTATE says what stands in {@link SqlStates}. */
public final class LedgerFault {

    /** What to do about a failure. */
    public enum Kind {
        /** The database is away, or as good as that: pause until it can be used. */
        OUTAGE,
        /** It does not let this program in: pause as well; at a program's start it is refused. */
        LOGIN,
        /** Others were in the way: try again, for as long as it takes. */
        CONTENTION,
        /** The database ended the statement or the transaction. Try again a few times; then the statement is to blame. */
        CANCELLED,
        /** It refuses the content of the statement for good. */
        CONTENT,
        /** A right, a table or a function is missing. For a statement of ours somebody has to put that right. */
        CONFIGURATION,
        /** Anything else. */
        OTHER
    }

    private static final int LONGEST_CHAIN = 50;
    private static final int LONGEST_TEXT = 300;
    private static final String IN_FAILED_TRANSACTION = "25P02";
    /** Names are the same in every language of a server's messages. */
    private static final Pattern OURS =
            Pattern.compile("(?<![\\w.])(public\\.)?(pedidos|operation_events|estoque|reservas"
                    + "|tipos|fleet|workers|living_workers|redrives|redrive_items|pedido_answers|dead_letter_answers|rfc3339"
                    + "|pg_(try_)?advisory_\\w+|hashtextextended)(?!\\w)");

    private LedgerFault() {}

    /** Empty where it is no failure of the database. */
    public static Optional<Kind> kindOf(Throwable failure) {
        return sqlIn(failure).findAny().map(any -> SqlStates.kindOf(stateOf(failure)));
    }

    /** The database failed, or could not be reached. */
    public static boolean isIn(Throwable failure) {
        return failure instanceof SQLException || failure instanceof JdbiException;
    }

    /** The database is away, or as good as that: waiting helps. */
    public static boolean isOutage(Throwable failure) {
        return kindOf(failure).filter(kind -> kind == Kind.OUTAGE).isPresent();
    }

    /** The database refused the content of a statement: repeating does not change that. */
    public static boolean isRefusal(Throwable failure) {
        return kindOf(failure).filter(kind -> kind == Kind.CONTENT).isPresent();
    }

    /** It does not take the name or the password. */
    public static boolean isLogin(Throwable failure) {
        return stateOf(failure).startsWith("28");
    }

    /** A lock was not free within {@code lock_timeout}. */
    public static boolean isLockTimeout(Throwable failure) {
        return stateOf(failure).equals(SqlStates.LOCK_NOT_AVAILABLE);
    }

    /** The role lacks a right. */
    public static boolean isMissingRight(Throwable failure) {
        return stateOf(failure).equals(SqlStates.INSUFFICIENT_PRIVILEGE);
    }

    /** A table does not exist. */
    public static boolean isMissingTable(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNDEFINED_TABLE);
    }

    /** A row with this key exists already. */
    public static boolean isSecondRow(Throwable failure) {
        return stateOf(failure).equals(SqlStates.UNIQUE_VIOLATION);
    }

    /** Of a {@link Kind#CONFIGURATION}: what is missing belongs to the ledger, and not to a handler's own tables. */
    public static boolean isOfTheLedger(Throwable failure) {
        return OURS.matcher(text(failure)).find();
    }

    /** The session that failed so may not be used again. */
    public static boolean endsSession(SQLException failure) {
        return SqlStates.endsSession(stateOf(failure));
    }

    /** The SQLSTATE; empty if the failure has none. Of a transaction that had failed before, what it failed of. */
    public static String stateOf(Throwable failure) {
        List<String> states = sqlIn(failure)
                .flatMap(sql -> Stream.ofNullable(sql.getSQLState()))
                .toList();
        return states.stream()
                .filter(state -> !state.equals(IN_FAILED_TRANSACTION))
                .findFirst()
                .or(() -> states.stream().findFirst())
                .orElse("");
    }

    /** For a log line: what the database says, unless that could repeat the content of a row. */
    public static String describe(Throwable failure) {
        String state = stateOf(failure);
        String text = switch (SqlStates.kindOf(state)) {
            case OUTAGE, LOGIN, CONTENTION, CANCELLED, CONFIGURATION -> firstLine(failure, state);
            case CONTENT, OTHER -> "";
        };
        return Stream.of(state.isEmpty() ? "" : "SQLSTATE " + state, text, hint(state))
                .filter(part -> !part.isEmpty())
                .reduce((before, after) -> before + ": " + after)
                .orElse("no connection");
    }

    private static String hint(String state) {
        return state.equals("42P05") || state.equals("26000")
                ? "is there a pooler that changes sessions between transactions? It has to work in session mode"
                : "";
    }

    /** What the database says, in its first line. It may quote the content of a row: not for a log. */
    public static String text(Throwable failure) {
        return firstLine(failure, stateOf(failure));
    }

    private static String firstLine(Throwable failure, String state) {
        String text = sqlIn(failure)
                .filter(sql -> state.isEmpty() || state.equals(sql.getSQLState()))
                .reduce((outer, inner) -> inner)
                .map(sql -> String.valueOf(sql.getMessage()))
                .flatMap(message -> message.lines().findFirst())
                .orElse("");
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }

    private static Stream<SQLException> sqlIn(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }
}
