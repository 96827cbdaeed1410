package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a ledger may be judged. A snapshot keeps the database from cleaning up, so the judging of a running system,
 * which takes one snapshot after the other, has to end. The database ends the statement that runs at that time.
 */
public final class JudgingLimit {
    private final Duration limit;
    private final long end;

    private JudgingLimit(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** From now on. */
    public static JudgingLimit of(Duration limit) {
        return new JudgingLimit(limit);
    }

    /** For someone who waits for the answer and can stop it. */
    public static JudgingLimit none() {
        return of(Duration.ofDays(365));
    }

    /**
     * Gives the next statements of this transaction the time that is left.
     *
     * @param next what they are for, as the end of a sentence
     */
    void apply(Connection snapshot, String next) throws SQLException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new SQLTimeoutException(
                    RootLocale.format("its limit of %d s was over before %s", limit.toSeconds(), next));
        }
        try (var setting = snapshot.prepareStatement("select set_config('statement_timeout', ?, true)")) {
            setting.setString(1, Long.toString(Math.min(left, Integer.MAX_VALUE)));
            setting.execute();
        }
    }
}
