package dev.pedidos.tools.proof.laws;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Converts the database's clock, which times final states, to our stopwatch, which times POSTs.
 *
 * @param nanoTimeAtEpoch {@link System#nanoTime()} at 1970-01-01 by the database's clock
 */
public record ClockOffset(long nanoTimeAtEpoch) {
    private static final int ASKED = 10;

    /** Uses the answer that came back fastest. */
    public static ClockOffset measure(Connection connection) throws SQLException {
        long fastest = Long.MAX_VALUE;
        long offset = 0;
        try (var statement = connection.prepareStatement("select clock_timestamp()")) {
            for (int i = 0; i < ASKED; i++) {
                long before = System.nanoTime();
                try (var row = statement.executeQuery()) {
                    long after = System.nanoTime();
                    row.next();
                    if (after - before < fastest) {
                        fastest = after - before;
                        offset =
                                before + fastest / 2 - nanos(row.getTimestamp(1).toInstant());
                    }
                }
            }
        }
        return new ClockOffset(offset);
    }

    /** A time of the database as our {@link System#nanoTime()}. */
    public long nanoTime(Instant databaseTime) {
        return nanos(databaseTime) + nanoTimeAtEpoch;
    }

    private static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }
}
