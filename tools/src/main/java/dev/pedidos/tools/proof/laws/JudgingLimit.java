package dev.pedidos.tools.proof.laws;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a ledger may be judged. A snapshot keeps the database from cleaning up, so one that is taken again and again
 * has to end. The database ends the statement that runs at that time.
 */
public final class JudgingLimit {
    private final long end;

    private JudgingLimit(long end) {
        this.end = end;
    }

    /** From now on. */
    public static JudgingLimit of(Duration limit) {
        return new JudgingLimit(System.nanoTime() + limit.toNanos());
    }

    /** For someone who waits for the answer and can stop it. */
    public static JudgingLimit none() {
        return of(Duration.ofDays(365));
    }

    /** Gives the next statements of this transaction the time that is left. */
    void apply(Connection snapshot) throws SQLException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SQLTimeoutException("the time for it is over");
        }
        try (var setting = snapshot.prepareStatement("select set_config('statement_timeout', ?, true)")) {
            setting.setString(1, Long.toString(Math.min(left, Integer.MAX_VALUE)));
            setting.execute();
        }
    }
}
