package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.accept.NewestPlace;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Reads the database's clock for the {@link AcceptanceClock}, at most once a second, and the newest place where it may be ahead of that
 * clock. For one thread.
 */
public final class ClockReader {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(ClockReader.class));
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
            boolean placesMayBeAhead = clock.observe(reading.micros(), reading.askedAt());
            readAt = now;
            wasRead = true;
            if (placesMayBeAhead) {
                readNewestPlace();
            }
        }
    }

    private void readNewestPlace() {
        try {
            clock.observeNewestPlace(NewestPlace.in(database));
        } catch (RuntimeException e) {
            FAULTS.warn(
                    "the newest place could not be read; if the database's clock was set back, pedidos accepted without the database may"
                            + " overtake others",
                    e);
        }
    }
}
