package dev.pedidos.e2e.system;

import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One broker and one database for all tests of a run: those that are given, otherwise containers, otherwise started on
 * this machine.
 */
public final class TestStores {

    private static final Path HOME = Path.of("target", "e2e").toAbsolutePath();

    private TestStores() {}

    /** A new database and vhost. */
    public static Stores fresh(String name) throws IOException, InterruptedException {
        return Servers.SHARED.fresh(name);
    }

    /** As {@link #fresh}, with the tables: copying them takes a tenth of the time of a migration. */
    static Stores withTables(String name) throws IOException, InterruptedException {
        var stores = fresh(name);
        TableCopy.of(Servers.TABLES, stores, Servers.SHARED);
        return stores;
    }

    private static final class Servers {
        static final Stores SHARED = open();
        static final Stores TABLES = tables();

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

        private static Stores tables() {
            try {
                var stores = SHARED.fresh("tables");
                Migrations.tryMigrate(
                        DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl()));
                return stores;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static void close() {
            TABLES.close();
            SHARED.close();
        }

        private static Stores open() {
            try {
                var stores = StoresFinder.open(HOME, environment(), line -> System.err.println("e2e: " + line));
                Runtime.getRuntime().addShutdownHook(new Thread(Servers::close));
                return stores;
            } catch (IOException e) {
                throw new IllegalStateException("no broker and database to test with", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
