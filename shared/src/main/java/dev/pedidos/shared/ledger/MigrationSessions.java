package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * The limits of Flyway's sessions. A migration may last for hours, but it waits for a lock only for a moment: every statement of the
 * fleet on that table queues behind it. It is tried again later. An index that is built concurrently, outside of a transaction, holds
 * up nobody and waits as long as it must: there {@code set local} has no effect.
 */
final class MigrationSessions extends BaseCallback {

    /** A quarter of the {@code lock_timeout} of the programs' sessions. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_CONNECT || event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(LongSession.SETTINGS);
            statement.execute(LockTimeout.statement(LONGEST_WAIT));
        } catch (SQLException e) {
            throw new FlywayException("the limits of a migration's session cannot be set", e);
        }
    }
}
