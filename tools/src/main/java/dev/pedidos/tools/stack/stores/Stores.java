package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.Optional;

/** A broker and a database to work with, found or started. */
public interface Stores extends AutoCloseable {
    /** {@code amqp://user:password@host:port/vhost}. */
    String amqpUri();

    /** {@code postgresql://user:password@host:port/db} of the programs' own role, which has the least rights. */
    String databaseUrl();

    /** The same database as the role that owns it and migrates. */
    String databaseAdminUrl();

    /** For example {@code http://127.0.0.1:15672}, without credentials: those of {@link #amqpUri()} are good for it. */
    Optional<String> managementUrl();

    /**
     * What callers put into {@code PEDIDOS_PREFIX}: present only for {@link #fresh} stores on a broker where no vhost
     * could be made. What is declared under it stays when the stores are closed: delete it before.
     */
    default Optional<String> prefix() {
        return Optional.empty();
    }

    /** A database and a vhost of its own on the same servers, dropped when it is closed unless {@link #keep()} was called. */
    Stores fresh(String name) throws IOException, InterruptedException;

    /** Leaves running (or, for fresh stores, leaves in place) what {@link #close()} would have stopped or dropped. */
    void keep();

    /** Stops only what it started, and only when no other process works with it. */
    @Override
    void close();
}
