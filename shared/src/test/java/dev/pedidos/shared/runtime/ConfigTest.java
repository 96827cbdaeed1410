package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

    private static final Map<String, String> VALID = Map.of(
            "AMQP_URI", "amqp://user:secret@broker:5672/%2F", "DATABASE_URL", "postgresql://app:secret@db/pedidos");

    @Test
    void everyProblemIsReportedAtOnceAndNamesItsVariable() {
        var env = new Env(Map.of(
                "AMQP_URI",
                "http://broker",
                "PEDIDOS_SHARDS",
                "257",
                "PEDIDOS_RETRY_BASE_MS",
                "ten",
                "PEDIDOS_SHARD",
                "3",
                "PEDIDOS_PREFETCH",
                "0",
                "PEDIDOS_LOG",
                "xml"));
        FleetConfig.from(env);

        assertThatThrownBy(env::check)
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContainingAll(
                        "PEDIDOS_SHARD is not a setting",
                        "AMQP_URI must be",
                        "DATABASE_URL is missing",
                        "PEDIDOS_SHARDS must be an integer from 1 to 256",
                        "PEDIDOS_RETRY_BASE_MS must be",
                        "PEDIDOS_PREFETCH must be an integer from 1 to 1000",
                        "PEDIDOS_LOG must be json or text");
    }

    @Test
    void secretsAreNeitherPrintedWithTheConfigurationNorWithItsProblems() {
        var env = new Env(VALID);
        var config = FleetConfig.from(env);
        env.check();
        assertThat(config.toString()).doesNotContain("secret");

        var faulty = new Env(Map.of("AMQP_URI", "redis://:secret@broker", "DATABASE_URL", "mysql://app:secret@db/x"));
        FleetConfig.from(faulty);
        assertThatThrownBy(faulty::check).hasMessageContaining("AMQP_URI").hasMessageNotContaining("secret");
    }

    @Test
    void aSecretCanLieInAFile(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("uri"), "amqp://user:secret@broker\n");
        var env =
                new Env(Map.of("AMQP_URI_FILE", file.toString(), "DATABASE_URL", "postgresql://app:secret@db/pedidos"));

        assertThat(FleetConfig.from(env).amqpUri()).isEqualTo("amqp://user:secret@broker");
        env.check();
    }

    @Test
    void aSecretInTwoPlacesOrInAFileThatIsNotThereIsRefusedByName() {
        var env = new Env(Map.of(
                "AMQP_URI", "amqp://user:secret@broker",
                "AMQP_URI_FILE", "/somewhere",
                "PEDIDOS_DATABASE_ADMIN_URL_FILE", "/nowhere"));

        assertThatThrownBy(env::check)
                .hasMessageContainingAll(
                        "AMQP_URI and AMQP_URI_FILE are both set",
                        "PEDIDOS_DATABASE_ADMIN_URL_FILE names a file that cannot be read: /nowhere")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aDatabaseUrlIsTakenApartSoThatItsAddressCanBeLogged() {
        var url = DatabaseUrl.parse("postgresql://app:p%40ss%3Aword@db.example:6432/pedidos?sslmode=verify-full");
        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        "jdbc:postgresql://db.example:6432/pedidos?sslmode=verify-full", "app", "p@ss:word"));
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/pedidos?user=app&password=x"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:5432/pedidos", "app", "x"));
    }
}
