package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A broker and a database that were found or started, or a vhost and a database on them that were made for one run. */
public final class Stores implements AutoCloseable {
    private static final int LONGEST_NAME = 32;

    private final Broker broker;
    private final DatabaseUrls database;
    private final Optional<String> prefix;
    private final List<Stop> whenClosed;
    private final Consumer<String> say;
    private boolean keep;
    private boolean closed;

    /** @param whenClosed all are run, also after one that fails */
    Stores(Broker broker, DatabaseUrls database, Optional<String> prefix, List<Stop> whenClosed, Consumer<String> say) {
        this.broker = broker;
        this.database = database;
        this.prefix = prefix;
        this.whenClosed = List.copyOf(whenClosed);
        this.say = say;
    }

    /** {@code amqp://user:password@host:port/vhost}. */
    public String amqpUri() {
        return broker.amqpUri();
    }

    /** {@code postgresql://user:password@host:port/db} of the programs' own role, which has the least rights. */
    public String databaseUrl() {
        return database.url();
    }

    /** The server of the database, as {@link LastDatabase} remembers it. */
    String databaseServer() {
        return database.server();
    }

    /** The same database as the role that owns it and migrates. */
    public String databaseAdminUrl() {
        return database.adminUrl();
    }

    /** For example {@code http://127.0.0.1:15672}, without credentials: use those of {@link #amqpUri()}. */
    public Optional<String> managementUrl() {
        return broker.managementUrl();
    }

    /**
     * The value for {@code PEDIDOS_PREFIX}: present only for {@link #fresh} stores on a broker where no vhost could be
     * created. Exchanges and queues with the prefix stay when the stores are closed: delete them before.
     */
    public Optional<String> prefix() {
        return prefix;
    }

    /** A new database and vhost on the same servers, dropped when it is closed unless {@link #keep()} was called. */
    public Stores fresh(String name) throws IOException, InterruptedException {
        return fresh(name, FreshDatabase.EMPTY);
    }

    /** As {@link #fresh}. The database begins as a copy of that of {@code original}, to which nobody may be connected. */
    public Stores copy(String name, Stores original) throws IOException, InterruptedException {
        return fresh(name, Address.of(original.databaseUrl()).path());
    }

    private Stores fresh(String name, String template) throws IOException, InterruptedException {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String unique =
                "pedidos_" + plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "_" + Secrets.random(4);
        FreshDatabase own = FreshDatabase.create(database, unique, template);
        try {
            FreshVhost vhost = FreshVhost.create(broker, unique);
            return new Stores(
                    new Broker(vhost.amqpUri(), managementUrl()),
                    own.urls(),
                    vhost.prefix(),
                    List.of(own::drop, vhost::drop),
                    say);
        } catch (IOException | InterruptedException e) {
            own.drop();
            throw e;
        }
    }

    /** Makes {@link #close()} leave the servers running, or leave fresh stores in place. */
    public synchronized void keep() {
        keep = true;
    }

    /** Drops fresh stores. Stops only servers that this process started, and only if no other process uses them. */
    @Override
    public synchronized void close() {
        if (keep || closed) {
            return;
        }
        closed = true;
        boolean interrupted = false;
        for (Stop stop : whenClosed) {
            try {
                stop.run();
            } catch (IOException e) {
                say.accept("Not everything could be stopped: " + e.getMessage());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
