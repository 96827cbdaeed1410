package dev.pedidos.e2e.system;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one database for all tests of a run: those that are given, otherwise containers, otherwise started on
 * this machine.
 */
public final class TestStores {

    private static final Path HOME = Path.of("target", "e2e").toAbsolutePath();
    private static final ExecutorService DROPPING =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private static @Nullable TestStores shared;

    private final Stores servers;
    private final Stores tables;

    private TestStores(Stores servers, Stores tables) {
        this.servers = servers;
        this.tables = tables;
    }

    /** A new database and vhost. */
    public static Stores fresh(String name) throws IOException, InterruptedException {
        return shared().servers.fresh(name);
    }

    /** As {@link #fresh}, with the tables: copying them takes a tenth of the time of a migration. */
    static Stores withTables(String name) throws IOException, InterruptedException {
        return shared().servers.copy(name, shared().tables);
    }

    /** While other tests go on: PostgreSQL writes a checkpoint before it drops a database, which takes a second. */
    static void drop(Stores stores) {
        DROPPING.execute(stores::close);
    }

    /** Waits until all that tests are done with is dropped, for a test that measures. */
    public static void awaitDrops() throws ExecutionException, InterruptedException {
        DROPPING.submit(() -> {}).get();
    }

    /** The folder of a private database, which has its unpacked programs once this returns. */
    static Path postgres() throws IOException {
        try {
            shared();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("while the servers of all tests were started");
        }
        return HOME.resolve("postgres");
    }

    /** Not the initializer of a class: the servers are opened by several threads, and these would wait for the initializer. */
    private static synchronized TestStores shared() throws IOException, InterruptedException {
        if (shared == null) {
            var servers = StoresFinder.open(HOME, environment(), line -> System.err.println("e2e: " + line));
            var opened = new TestStores(servers, tables(servers));
            Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
            shared = opened;
        }
        return shared;
    }

    private static Map<String, String> environment() {
        Map<String, String> given = System.getenv();
        if (given.containsKey("AMQP_URI") || given.containsKey("DATABASE_URL")) {
            return given;
        }
        var containers = Containers.started();
        Map<String, String> local = new HashMap<>(given);
        local.put("PEDIDOS_DOCKER", "off");
        return containers.isEmpty() ? local : containers;
    }

    private static Stores tables(Stores servers) throws IOException, InterruptedException {
        var stores = servers.fresh("tables");
        Migrations.tryMigrate(DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl()));
        return stores;
    }

    private void close() {
        DROPPING.shutdown();
        try {
            if (!DROPPING.awaitTermination(1, TimeUnit.MINUTES)) {
                System.err.println("e2e: not every database was dropped within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tables.close();
        servers.close();
    }
}
