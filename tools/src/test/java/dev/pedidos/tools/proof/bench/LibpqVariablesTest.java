package dev.pedidos.tools.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.DatabaseUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibpqVariablesTest {
    @Test
    void theConnectionIsAsSafeAsThatOfThePrograms() {
        assertThat(LibpqVariables.of(DatabaseUrl.parse("postgresql://app:p%40ss@db_1/pedidos%20a?sslmode=VERIFY-FULL"
                        + "&sslrootcert=/etc/Root.crt&channel_binding=require")))
                .hasValue(Map.of(
                        "PGHOST", "db_1",
                        "PGPORT", "5432",
                        "PGUSER", "app",
                        "PGPASSWORD", "p@ss",
                        "PGDATABASE", "pedidos a",
                        "PGSSLMODE", "verify-full",
                        "PGSSLROOTCERT", "/etc/Root.crt",
                        "PGCHANNELBINDING", "require"));
    }

    @Test
    void ofSeveralServersThePrimaryIsUsed() {
        assertThat(LibpqVariables.of(DatabaseUrl.parse("postgresql://app:p@a:5433,[::1]/pedidos"))
                        .orElseThrow())
                .containsEntry("PGHOST", "a,::1")
                .containsEntry("PGPORT", "5433,5432")
                .containsEntry("PGTARGETSESSIONATTRS", "read-write")
                .containsEntry("PGCONNECT_TIMEOUT", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl=true", "sslkey=/key", "requireAuth=scram-sha-256", "targetServerType=any"})
    void aParameterThatLibpqHasNoNameForIsNotLeftOut(String parameter) {
        assertThat(LibpqVariables.of(DatabaseUrl.parse("postgresql://app:p@db/pedidos?" + parameter)))
                .isEmpty();
    }
}
