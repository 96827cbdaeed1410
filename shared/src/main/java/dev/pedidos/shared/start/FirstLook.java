package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.EarlyConnection;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.ledger.DatabaseCheck;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.runtime.HeadStart;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * The first look at both stores, in the background while the program is set up: most of a start is loading classes, those of the
 * drivers included. The result is used once; after that each question asks the stores.
 */
public final class FirstLook {

    private final FleetConfig config;
    private final AmqpConnections connections;
    private final EarlyConnection broker;
    private final HeadStart<Boolean> tables;

    private FirstLook(FleetConfig config) {
        this.config = config;
        connections = new AmqpConnections(config.broker().uri(), config.broker().currentUri());
        broker = new EarlyConnection(connections);
        tables = new HeadStart<>("first-look", this::askTables);
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
        return tables.endsWithin(patience);
    }

    /**
     * True if the database is up, and its tables have the version of this program: they are migrated if it may do so.
     *
     * @throws dev.pedidos.shared.ledger.DatabaseRefused anything else is wrong
     */
    boolean tablesAreReady() throws InterruptedException {
        var first = tables.take();
        try {
            return first.isPresent() ? first.get().get() : askTables();
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
