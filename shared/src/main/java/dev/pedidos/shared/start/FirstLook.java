package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.broker.EarlyConnection;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.ledger.DatabaseCheck;
import dev.pedidos.shared.ledger.Migrations;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first look at both stores, in the background while the program is set up: most of a start is loading classes, those of the
 * drivers included. The result is used once; after that each question asks the stores.
 */
public final class FirstLook {

    private final FleetConfig config;
    private final AmqpConnections connections;
    private final EarlyConnection broker;
    private final AtomicReference<@Nullable FutureTask<Boolean>> tables;

    private FirstLook(FleetConfig config) {
        this.config = config;
        connections = new AmqpConnections(config.amqpUri(), config.currentAmqpUri());
        broker = new EarlyConnection(connections);
        var looking = new FutureTask<>(this::askTables);
        tables = new AtomicReference<>(looking);
        Thread.ofPlatform().name("first-look").daemon().start(looking);
    }

    /** Call it when the log is set up. */
    public static FirstLook begin(FleetConfig config) {
        return new FirstLook(config);
    }

    FleetConfig config() {
        return config;
    }

    AmqpConnections connections() {
        return connections;
    }

    EarlyConnection broker() {
        return broker;
    }

    /** False if the look still goes on after this time; {@link #tablesAreReady} waits for its end. */
    boolean endsWithin(Duration patience) throws InterruptedException {
        var first = tables.get();
        try {
            if (first != null) {
                first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException reportedByTablesAreReady) {
            return true;
        }
    }

    /**
     * True if the database is up, and its tables have the version of this program: they are migrated if it may do so.
     *
     * @throws dev.pedidos.shared.ledger.DatabaseRefused anything else is wrong
     */
    boolean tablesAreReady() throws InterruptedException {
        var first = tables.getAndSet(null);
        try {
            return first == null ? askTables() : first.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException refused -> throw refused;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private boolean askTables() {
        var programs = config.database().currentPrograms().get();
        return DatabaseCheck.passed(programs)
                && Migrations.tryMigrate(config.database().currentOwner().get(), programs);
    }
}
