package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.Optional;

/** A broker and a database, found or started. */
public interface Stores extends AutoCloseable {
    /** {@code amqp://user:password@host:port/vhost}. */
    String amqpUri();

    /** {@code postgresql://user:password@host:port/db} of the programs' own role, which has the least rights. */
    String databaseUrl();

    /** The same database as the role that owns it and migrates. */
    String databaseAdminUrl();

    /** For example {@code http://127.0.0.1:15672}, without credentials: use those of {@link #amqpUri()}. */
    Optional<String> managementUrl();

    /**
     * The value for {@code PEDIDOS_PREFIX}: present only for {@link #fresh} stores on a broker where no vhost could be
     * created. Exchanges and queues with the prefix stay when the stores are closed: delete them before.
     */
    default Optional<String> prefix() {
        return Optional.empty();
    }

    /** A new database and vhost on the same servers, dropped when it is closed unless {@link #keep()} was called. */
    Stores fresh(String name) throws IOException, InterruptedException;

    /** As {@link #fresh}. The database begins as a copy of that of {@code original}, to which nobody may be connected. */
    Stores copy(String name, Stores original) throws IOException, InterruptedException;

    /** Makes {@link #close()} leave the servers running, or leave fresh stores in place. */
    void keep();

    /** Stops only servers that this process started, and only if no other process uses them. */
    @Override
    void close();
}
