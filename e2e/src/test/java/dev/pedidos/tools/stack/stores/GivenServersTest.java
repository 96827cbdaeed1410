package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that the environment names, by one address or two. */
class GivenServersTest {

    private static Stores stores;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws Exception {
        stores = TestStores.fresh("given-servers");
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @Test
    void theAddressThatTheDatabaseRefusesIsNamed() {
        String noUser = stores.databaseUrl().replaceFirst("//[^@]*@", "//nobody:secret@");

        assertRefused(
                Map.of("DATABASE_URL", stores.databaseUrl(), "PEDIDOS_DATABASE_ADMIN_URL", noUser),
                "The database that PEDIDOS_DATABASE_ADMIN_URL names");
        assertRefused(
                Map.of("DATABASE_URL", noUser, "PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl()),
                "The database that DATABASE_URL names");
    }

    @Test
    void theOwnersAddressAloneStartsNothing() {
        assertRefused(
                Map.of("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl()),
                "PEDIDOS_DATABASE_ADMIN_URL is set and DATABASE_URL is not");
        assertRefused(
                Map.of("PEDIDOS_DATABASE_ADMIN_URL_FILE", "/run/secrets/owner"),
                "PEDIDOS_DATABASE_ADMIN_URL_FILE is set");
    }

    private void assertRefused(Map<String, String> environment, String message) {
        Path home = folder.resolve("home");
        assertThatThrownBy(() -> StoresFinder.open(home, environment, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret@");
        assertThat(home).doesNotExist();
    }
}
