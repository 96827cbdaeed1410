package dev.pedidos.e2e.system;

import dev.pedidos.local.stores.Stores;
import dev.pedidos.local.stores.StoresFinder;
import java.io.IOException;
import java.nio.file.Path;

/** One broker and one database for all tests of a run, found or started in the ways of {@code ./pedidos}. */
public final class TestStores {

    private static final Path HOME = Path.of("target", "e2e").toAbsolutePath();

    private TestStores() {}

    /** A database and a vhost of its own. */
    public static Stores fresh(String name) throws IOException, InterruptedException {
        return Servers.SHARED.fresh(name);
    }

    private static final class Servers {
        static final Stores SHARED = open();

        private static Stores open() {
            try {
                var stores = StoresFinder.open(HOME, line -> System.err.println("e2e: " + line));
                Runtime.getRuntime().addShutdownHook(new Thread(stores::close));
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
