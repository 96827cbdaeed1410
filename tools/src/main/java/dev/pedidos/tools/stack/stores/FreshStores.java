package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A database and a vhost (or a prefix) for one run. */
final class FreshStores implements Stores {
    private static final int LONGEST_NAME = 32;

    private final Stores servers;
    private final FreshDatabase database;
    private final FreshVhost vhost;
    private final Consumer<String> say;
    private boolean keep;
    private boolean closed;

    private FreshStores(Stores servers, FreshDatabase database, FreshVhost vhost, Consumer<String> say) {
        this.servers = servers;
        this.database = database;
        this.vhost = vhost;
        this.say = say;
    }

    /** @param template the database that is copied */
    static Stores create(Stores servers, String name, String template, Consumer<String> say)
            throws IOException, InterruptedException {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        String unique = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "_" + Secrets.random(4);
        FreshDatabase database = FreshDatabase.create(servers, "pedidos_" + unique, template);
        try {
            return new FreshStores(servers, database, FreshVhost.create(servers, "pedidos_" + unique), say);
        } catch (IOException e) {
            database.drop();
            throw e;
        }
    }

    @Override
    public String amqpUri() {
        return vhost.amqpUri();
    }

    @Override
    public String databaseUrl() {
        return Address.of(servers.databaseUrl()).with(database.name());
    }

    @Override
    public String databaseAdminUrl() {
        return Address.of(servers.databaseAdminUrl()).with(database.name());
    }

    @Override
    public Optional<String> managementUrl() {
        return servers.managementUrl();
    }

    @Override
    public Optional<String> prefix() {
        return vhost.prefix();
    }

    @Override
    public Stores fresh(String name) throws IOException, InterruptedException {
        return servers.fresh(name);
    }

    @Override
    public Stores copy(String name, Stores original) throws IOException, InterruptedException {
        return servers.copy(name, original);
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
        dropping(database::drop, "database " + database.name());
        dropping(vhost::drop, "vhost of " + database.name());
    }

    private void dropping(Stop drop, String what) {
        try {
            drop.run();
        } catch (IOException e) {
            say.accept(RootLocale.format("The %s could not be dropped: %s", what, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
