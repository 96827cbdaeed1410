package dev.pedidos.shared.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Checks that a session can do the work: it is on a primary, not read-only, has every right, and a commit returns. */
final class SessionProbe {

    /** The result of a probe; if the session cannot do the work, with the reason. */
    sealed interface Result {
        record Usable() implements Result {}

        /** The session cannot write. Another session may be able to. */
        record ReadOnly(String why) implements Result {}

        record Unusable(String why) implements Result {}
    }

    static final Duration COMMIT_BOUND = Duration.ofSeconds(2);
    /** A frozen server does not even accept a cancel. */
    private static final int NETWORK_MILLIS = 5_000;

    private static final Executor AT_ONCE = Runnable::run;
    private static final String STATE = Sql.named("probe_state");
    private static final String RIGHTS = Sql.named("probe_rights");
    private static final String COMMIT = Sql.named("probe_commit");

    private SessionProbe() {}

    /** @param withTables true if our tables must exist */
    static Result ask(Connection session, boolean withTables) throws SQLException {
        int before = session.getNetworkTimeout();
        session.setNetworkTimeout(AT_ONCE, NETWORK_MILLIS);
        try (var statement = session.createStatement()) {
            return result(statement, withTables);
        } finally {
            if (!session.isClosed()) {
                session.setNetworkTimeout(AT_ONCE, before);
            }
        }
    }

    private static Result result(Statement statement, boolean withTables) throws SQLException {
        String readOnly = text(statement, STATE);
        if (!readOnly.isEmpty()) {
            return new Result.ReadOnly(readOnly);
        }
        String missing = withTables ? text(statement, RIGHTS) : "";
        if (!missing.isEmpty()) {
            return new Result.Unusable("its role lacks: " + missing);
        }
        return commits(statement)
                ? new Result.Usable()
                : new Result.Unusable("a commit does not return within " + COMMIT_BOUND.toSeconds()
                        + " s: perhaps a synchronous standby is down");
    }

    /**
     * The driver cancels the commit after the bound. A commit that only waits for a standby counts as done when it is
     * cancelled.
     */
    private static boolean commits(Statement statement) throws SQLException {
        long start = System.nanoTime();
        statement.setQueryTimeout((int) COMMIT_BOUND.toSeconds());
        statement.execute(COMMIT);
        return System.nanoTime() - start < COMMIT_BOUND.toNanos();
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
