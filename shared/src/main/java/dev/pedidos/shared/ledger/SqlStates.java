package dev.pedidos.shared.ledger;

import dev.pedidos.shared.ledger.LedgerFault.Kind;
import java.util.Map;
import java.util.Set;

/**
 * The one table of SQLSTATEs for API, worker and tools, after PostgreSQL's appendix "PostgreSQL Error Codes". A class
 * counts for all its codes, except for those that have an entry of their own.
 */
final class SqlStates {

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            // From the driver and the pool: the connection is closed, or there is none.
            Map.entry("", Kind.OUTAGE),
            Map.entry(SqlStates.CONNECTION_EXCEPTION, Kind.OUTAGE),
            // "cached plan must not change result type": another session makes a new plan. The other codes of the
            // class do not change by repeating.
            Map.entry("0A", Kind.CANCELLED),
            Map.entry("22", Kind.CONTENT),
            Map.entry("23", Kind.CONTENT),
            Map.entry("25", Kind.OTHER),
            // A standby, or a primary that became read-only.
            Map.entry("25006", Kind.OUTAGE),
            // idle_in_transaction_session_timeout, transaction_timeout
            Map.entry("25P03", Kind.CANCELLED),
            Map.entry("25P04", Kind.CANCELLED),
            // A prepared statement is missing, or exists already.
            Map.entry("26", Kind.CANCELLED),
            Map.entry("42P05", Kind.CANCELLED),
            Map.entry("28", Kind.LOGIN),
            Map.entry("3D", Kind.LOGIN),
            Map.entry("3F", Kind.CONFIGURATION),
            Map.entry("40", Kind.CONTENTION),
            Map.entry("40002", Kind.CONTENT),
            Map.entry("42", Kind.CONFIGURATION),
            Map.entry("53", Kind.OUTAGE),
            // temp_file_limit: the statement itself is too large.
            Map.entry("53400", Kind.CANCELLED),
            Map.entry("54", Kind.CONTENT),
            Map.entry("55", Kind.CANCELLED),
            Map.entry("55006", Kind.CONTENTION),
            Map.entry("55P03", Kind.CONTENTION),
            Map.entry("57", Kind.OUTAGE),
            Map.entry("57014", Kind.CANCELLED),
            Map.entry("58", Kind.OUTAGE),
            // A file that the statement names is missing, exists already, or has too long a name.
            Map.entry("58P01", Kind.CANCELLED),
            Map.entry("58P02", Kind.CANCELLED),
            Map.entry("58P03", Kind.CANCELLED),
            // "snapshot too old"
            Map.entry("72", Kind.CONTENTION),
            Map.entry("F0", Kind.OUTAGE),
            Map.entry("XX", Kind.OTHER));

    static final String SERIALIZATION_FAILURE = "40001";
    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String DEADLOCK_DETECTED = "40P01";
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String UNDEFINED_TABLE = "42P01";
    static final String UNIQUE_VIOLATION = "23505";
    static final String UNDEFINED_COLUMN = "42703";
    static final String QUERY_CANCELED = "57014";
    /** Of a statement in a transaction that had failed before. */
    static final String IN_FAILED_TRANSACTION = "25P02";
    /** Class: a connection was lost, or could not be made. */
    static final String CONNECTION_EXCEPTION = "08";
    /** From the driver: no connection could be made. */
    static final String UNABLE_TO_CONNECT = "08001";

    /** A schema, a right, a table, a function, a column, a type. An error of syntax may quote any word. */
    private static final Set<String> MISSING =
            Set.of("3F000", INSUFFICIENT_PRIVILEGE, UNDEFINED_TABLE, "42883", UNDEFINED_COLUMN, "42704");

    /** A prepared statement exists already, or is missing: a pooler changes sessions between transactions. */
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("42P05", "26000");

    /** The session is lost, is on a standby, or has outdated plans: no other transaction may get it. */
    private static final Set<String> END_THE_SESSION =
            Set.of(CONNECTION_EXCEPTION, "0A000", "25006", "25P03", "25P04", "26", "28", "42P05", "57P");

    private SqlStates() {}

    static Kind kindOf(String state) {
        var named = KINDS.get(state);
        return named != null ? named : KINDS.getOrDefault(classOf(state), Kind.OTHER);
    }

    static boolean isMissing(String state) {
        return MISSING.contains(state);
    }

    static boolean isPreparedElsewhere(String state) {
        return PREPARED_ELSEWHERE.contains(state);
    }

    static boolean endsSession(String state) {
        return END_THE_SESSION.stream().anyMatch(state::startsWith);
    }

    private static String classOf(String state) {
        return state.length() < 2 ? state : state.substring(0, 2);
    }
}
