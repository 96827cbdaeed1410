package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovedDatabaseTest {

    /** An old server that is off, a database that has another name now, a changed password. */
    @ParameterizedTest
    @CsvSource({"[^/@]+/[^/]+$, 127.0.0.1:1/gone", "[^/]+$, gone", ":[^:@]+@, :old@"})
    void theAddressIsReadAgainWhateverTheOldOneRefuses(String part, String old) throws Exception {
        try (var stores = TestStores.fresh("moved")) {
            String now = stores.databaseUrl();
            String before = now.replaceFirst(part, old);
            assertThat(before).isNotEqualTo(now);
            var address = new AtomicReference<>(DatabaseUrl.parse(before));
            try (var database = new Database("moved", address::get, 1, new SimpleMeterRegistry())) {
                address.set(DatabaseUrl.parse(now));
                String found = database.jdbi()
                        .withHandle(handle -> handle.createQuery("select current_database()")
                                .mapTo(String.class)
                                .one());
                assertThat(now).endsWith("/" + found);
            }
        }
    }
}
