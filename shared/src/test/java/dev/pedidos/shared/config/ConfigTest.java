package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

    /** A command reads them too, and makes no configuration of a fleet. */
    @Test
    void theLongestRetryDelayIsNotShorterThanTheFirst() {
        assertThatThrownBy(new Env(Map.of("PEDIDOS_RETRY_BASE_MS", "5000", "PEDIDOS_RETRY_MAX_MS", "100"))::check)
                .hasMessageContaining("PEDIDOS_RETRY_MAX_MS must not be less than PEDIDOS_RETRY_BASE_MS");
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

        assertThat(FleetConfig.from(env).broker().uri()).isEqualTo("amqp://user:secret@broker");
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
    void anEmptyFileIsNotTakenForASettingThatIsNotThere(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("admin"), " \n");

        assertThatThrownBy(new Env(Map.of("PEDIDOS_DATABASE_ADMIN_URL_FILE", file.toString()))::check)
                .hasMessageContaining("PEDIDOS_DATABASE_ADMIN_URL_FILE names an empty file");
    }

    @Test
    void aSecretThatChangedInItsFileIsReadAgainAndTheLastOneIsKeptWhileItCannotBeRead(@TempDir Path folder)
            throws Exception {
        var amqp = Files.writeString(folder.resolve("amqp"), "amqp://user:old@broker");
        var database = Files.writeString(folder.resolve("database"), "postgresql://app:old@db/pedidos");
        var config = FleetConfig.from(
                new Env(Map.of("AMQP_URI_FILE", amqp.toString(), "DATABASE_URL_FILE", database.toString())));
        Files.writeString(amqp, "amqp://user:new@broker");
        Files.writeString(database, "postgresql://app:new@db/pedidos");

        assertThat(config.broker().currentUri().get()).isEqualTo("amqp://user:new@broker");
        assertThat(config.database().currentPrograms().get().password()).isEqualTo("new");

        Files.writeString(amqp, "half a");
        Files.delete(database);
        assertThat(config.broker().currentUri().get()).isEqualTo("amqp://user:new@broker");
        assertThat(config.database().currentPrograms().get().password()).isEqualTo("new");
    }

    @Test
    void variablesThatKubernetesSetsForItsServicesAreNoSettings() {
        Map<String, String> links = new HashMap<>(VALID);
        for (var service : List.of("PEDIDOS_", "PEDIDOS_API_", "PEDIDOS_WORKER_", "PEDIDOS_ANY_THING_")) {
            links.put(service + "SERVICE_HOST", "10.0.0.1");
            links.put(service + "SERVICE_PORT", "8080");
            links.put(service + "SERVICE_PORT_HTTP", "8080");
            links.put(service + "PORT", "tcp://10.0.0.1:8080");
            links.put(service + "PORT_8080_TCP", "tcp://10.0.0.1:8080");
            links.put(service + "PORT_8080_TCP_PROTO", "tcp");
            links.put(service + "PORT_8080_TCP_PORT", "8080");
            links.put(service + "PORT_8080_TCP_ADDR", "10.0.0.1");
        }
        links.put("PEDIDOS_DNS_PORT", "udp://[fd00::1]:53");

        var env = new Env(links);
        env.check();
        assertThat(env.integer(Settings.API_PORT)).isEqualTo(8080);
        assertThat(env.integer(Settings.WORKER_PORT)).isZero();
        assertThatThrownBy(new Env(Map.of("PEDIDOS_API_SERVICE_NAME", "x", "PEDIDOS_APIPORT", "8080"))::check)
                .hasMessageContainingAll(
                        "PEDIDOS_API_SERVICE_NAME is not a setting", "PEDIDOS_APIPORT is not a setting");
        assertThat(new Env(Map.of("PEDIDOS_API_PORT", "9090")).integer(Settings.API_PORT))
                .isEqualTo(9090);
    }

    @Test
    void aPrefixThatRabbitMqKeepsForItselfIsRefusedAtTheStart() {
        assertThatThrownBy(new Env(Map.of("PEDIDOS_PREFIX", "amq.blue-"))::check)
                .hasMessageContainingAll("PEDIDOS_PREFIX", "amq.", "RabbitMQ");
        new Env(Map.of("PEDIDOS_PREFIX", "amqp-blue.amq.")).check();
    }

    @Test
    void severalBrokersAreNamedByHostsOrByWholeAddresses() {
        assertThat(AmqpUrl.parse("amqp://u:p%40ss@h_1:5673,h2/v%2F1"))
                .singleElement()
                .satisfies(url -> {
                    assertThat(url.servers())
                            .containsExactly(new ServerUrl.Server("h_1", 5673), new ServerUrl.Server("h2", 0));
                    assertThat(url.user()).isEqualTo("u");
                    assertThat(url.password()).isEqualTo("p@ss");
                    assertThat(url.path()).isEqualTo("v/1");
                });
        assertThat(AmqpUrl.parse("amqp://u:s,t@a:5672, amqps://u:s@[::1]:5671/v"))
                .extracting(ServerUrl::toString)
                .containsExactly("amqp://a:5672/", "amqps://[::1]:5671/v");
    }
}
