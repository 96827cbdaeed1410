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

/** Broker and database that the environment names. */
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
    void whatTheEnvironmentNamesIsTakenAndNeverStopped() throws Exception {
        try (Stores given = open(stores.managementUrl().orElseThrow());
                Stores fresh = given.fresh("given")) {
            assertThat(fresh.prefix()).isEmpty();
            assertThat(FreshVhost.opens(fresh.amqpUri())).isTrue();
        }
        assertThat(home()).doesNotExist();
        assertThat(FreshVhost.opens(stores.amqpUri())).isTrue();
    }

    @Test
    void withoutTheManagementApiAPrefixKeepsRunsApart() throws Exception {
        try (Stores given = open("http://127.0.0.1:1");
                Stores fresh = given.fresh("given")) {
            assertThat(fresh.prefix().orElseThrow())
                    .startsWith("pedidos-given-")
                    .endsWith("-");
            assertThat(fresh.amqpUri()).isEqualTo(stores.amqpUri());
        }
    }

    @Test
    void anAddressWhereNobodyAnswersIsToldByItsVariable() {
        assertRefused(Map.of("AMQP_URI", "amqp://ana:secret@127.0.0.1:1/"), "AMQP_URI");
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

    private Stores open(String managementUrl) throws Exception {
        Map<String, String> environment = Map.of(
                "AMQP_URI", stores.amqpUri(),
                "DATABASE_URL", stores.databaseUrl(),
                "PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl(),
                "RABBITMQ_MANAGEMENT_URL", managementUrl);
        return StoresFinder.open(home(), environment, line -> {});
    }

    private void assertRefused(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> StoresFinder.open(home(), environment, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
        assertThat(home()).doesNotExist();
    }

    private Path home() {
        return folder.resolve("home");
    }
}
