package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.shared.ledger.Database;
import java.time.Duration;

/** Reads the database's clock for the {@link AcceptanceClock}, at most once a second. For one thread. */
public final class ClockReader {
    private static final Duration AGE = Duration.ofSeconds(1);

    private final Database database;
    private final AcceptanceClock clock;
    private long readAt;
    private boolean wasRead;

    public ClockReader(Database database, AcceptanceClock clock) {
        this.database = database;
        this.clock = clock;
    }

    void readIfOld() {
        long now = System.nanoTime();
        if (!wasRead || now - readAt > AGE.toNanos()) {
            var reading = database.readClock();
            clock.seen(reading.micros(), reading.askedAt());
            readAt = now;
            wasRead = true;
        }
    }
}
