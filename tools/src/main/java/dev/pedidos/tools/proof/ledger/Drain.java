package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits until everything in a ledger is final. */
public final class Drain {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private Drain() {}

    /**
     * @param patience gives up after this time without progress; longer than the longest wait between attempts
     * @param goOn asked at every look; false gives up at once
     * @return the number of unfinished pedidos
     */
    public static long await(
            Connection connection, Duration patience, BooleanSupplier goOn, Consumer<Progress> progress)
            throws SQLException, InterruptedException {
        var last = Progress.read(connection);
        long lastChange = System.nanoTime();
        while (last.unfinished() > 0 && goOn.getAsBoolean() && System.nanoTime() - lastChange < patience.toNanos()) {
            progress.accept(last);
            Thread.sleep(LOOK_EVERY);
            var now = Progress.read(connection);
            if (!now.equals(last)) {
                lastChange = System.nanoTime();
                last = now;
            }
        }
        progress.accept(last);
        return last.unfinished();
    }
}
