package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores that were found or started, and how to close them. */
final class FoundStores implements Stores {
    private final Broker broker;
    private final DatabaseUrls database;
    private final Stop whenClosed;
    private final Consumer<String> say;
    private boolean keep;
    private boolean closed;

    FoundStores(Broker broker, DatabaseUrls database, Stop whenClosed, Consumer<String> say) {
        this.broker = broker;
        this.database = database;
        this.whenClosed = whenClosed;
        this.say = say;
    }

    @Override
    public String amqpUri() {
        return broker.amqpUri();
    }

    @Override
    public String databaseUrl() {
        return database.url();
    }

    @Override
    public String databaseAdminUrl() {
        return database.adminUrl();
    }

    @Override
    public Optional<String> managementUrl() {
        return broker.managementUrl();
    }

    @Override
    public Stores fresh(String name) throws IOException, InterruptedException {
        return FreshStores.create(this, name, FreshDatabase.EMPTY, say);
    }

    @Override
    public Stores copy(String name, Stores original) throws IOException, InterruptedException {
        return FreshStores.create(this, name, Address.of(original.databaseUrl()).path(), say);
    }

    @Override
    public synchronized void keep() {
        keep = true;
    }

    @Override
    public synchronized void close() {
        if (keep || closed) {
            return;
        }
        closed = true;
        try {
            whenClosed.run();
        } catch (IOException e) {
            say.accept("Not everything could be stopped: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
