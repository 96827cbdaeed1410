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

    @Test
    void theLastLedgerOfAGivenServerIsLookedForThereOnly() throws Exception {
        String server = Address.of(stores.databaseUrl()).urls().getFirst().addresses(5432);
        var last = new LastDatabase(Address.of(stores.databaseUrl()).path(), server);

        try (LastServer found =
                StoresFinder.openLast(home(), last, Map.of("DATABASE_URL", stores.databaseUrl()), line -> {})) {
            assertThat(found.databaseUrl()).isEqualTo(stores.databaseUrl());
        }
        assertThatThrownBy(() -> StoresFinder.openLast(home(), last, Map.of("PEDIDOS_DOCKER", "off"), line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The last ledger is the database %s at %s: give its address with --url", last.name(), server);
        assertThat(home()).doesNotExist();
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
