package dev.pedidos.shared.ledger.call;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which systems want to be left alone, for the whole fleet. */
public final class Pauses {
    private static final String PAUSE = Sql.named("pause");
    private static final String LEFT = Sql.named("pause_left");
    /** As in pause_left.sql. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Database database;

    public Pauses(Database database) {
        this.database = database;
    }

    /** At most for an hour. */
    public void begin(String dependencia, Duration wanted) {
        Duration pause = Collections.min(List.of(wanted, LONGEST));
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(PAUSE)
                        .bind("dependencia", dependencia)
                        .bind("seconds", SqlTime.seconds(pause))
                        .execute());
    }

    /** Empty if it may be called. */
    public Optional<Duration> left(String dependencia) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LEFT)
                        .bind("dependencia", dependencia)
                        .mapTo(Long.class)
                        .findOne()
                        .map(Duration::ofMillis));
    }
}
