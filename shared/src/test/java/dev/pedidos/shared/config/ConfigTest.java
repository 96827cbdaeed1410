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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void anEmptyFileIsNotTakenForASettingThatIsNotThere(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("admin"), " \n");

        assertThatThrownBy(new Env(Map.of("PEDIDOS_DATABASE_ADMIN_URL_FILE", file.toString()))::check)
                .hasMessageContaining("PEDIDOS_DATABASE_ADMIN_URL_FILE names an empty file");
    }

    @Test
    void aSecretThatChangedInItsFileIsReadAgainAndOneThatCannotBeReadIsKept(@TempDir Path folder) throws Exception {
        var amqp = Files.writeString(folder.resolve("amqp"), "amqp://user:old@broker");
        var database = Files.writeString(folder.resolve("database"), "postgresql://app:old@db/pedidos");
        var config = FleetConfig.from(
                new Env(Map.of("AMQP_URI_FILE", amqp.toString(), "DATABASE_URL_FILE", database.toString())));
        Files.writeString(amqp, "amqp://user:new@broker");
        Files.writeString(database, "postgresql://app:new@db/pedidos");

        assertThat(config.currentAmqpUri().get()).isEqualTo("amqp://user:new@broker");
        assertThat(config.database().currentPrograms().get().password()).isEqualTo("new");

        Files.writeString(amqp, "half a");
        Files.delete(database);
        assertThat(config.currentAmqpUri().get()).isEqualTo("amqp://user:old@broker");
        assertThat(config.database().currentPrograms().get().password()).isEqualTo("old");
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

    @Test
    void severalDatabasesAreNamedByHostsAndOnlyThePrimaryIsGood() {
        var url = DatabaseUrl.parse("postgresql://app:x@db_1:5433,db2/pedidos?targetServerType=any&connectTimeout=7");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db_1:5433,db2:5432/pedidos");
        assertThat(url.parameters())
                .containsEntry("targetServerType", "any")
                .containsEntry("connectTimeout", "7")
                .containsKeys("hostRecheckSeconds", "sslResponseTimeout");
        assertThat(DatabaseUrl.parse("postgresql://app:x@a,b/pedidos").parameters())
                .containsEntry("targetServerType", "primary");
        assertThat(url).hasToString("jdbc:postgresql://db_1:5433,db2:5432/pedidos as app");
        assertThat(DatabaseUrl.parse("postgresql://app:x@order_db:5432/pedidos").jdbcUrl())
                .isEqualTo("jdbc:postgresql://order_db:5432/pedidos");
    }

    @Test
    void aDatabaseUrlIsTakenApartSoThatItsAddressCanBeLogged() {
        var url = DatabaseUrl.parse("postgresql://app:p%40ss%3Aword@db.example:6432/pedidos?sslmode=verify-full");
        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        "jdbc:postgresql://db.example:6432/pedidos",
                        "app",
                        "p@ss:word",
                        Map.of("sslmode", "verify-full")));
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/pedidos?user=app&password=x&loggerFile"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:5432/pedidos", "app", "x", Map.of("loggerFile", "")));
    }

    @Test
    void theDriverGetsParametersAsPropertiesAndThoseOfTheAddressWin() {
        var url =
                DatabaseUrl.parse("postgresql://app:x@db/pedidos?sslpassword=a%26b%3D&connectTimeout=7&options=-c+a=b");

        assertThat(url.properties(Map.of("connectTimeout", "5", "socketTimeout", "45")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "user", "app",
                        "password", "x",
                        "sslpassword", "a&b=",
                        "connectTimeout", "7",
                        "socketTimeout", "45",
                        "options", "-c a=b"));
        assertThat(url.toString()).doesNotContain("a&b", "a%26b");
    }

    /** An address is usually written for libpq, which such addresses come from. */
    @Test
    void theDriverGetsLibpqsParametersUnderItsOwnNames() {
        var url = DatabaseUrl.parse("postgresql://app:x@db/pedidos?connect_timeout=7&application_name=orders"
                + "&channel_binding=require&gssencmode=disable&sslmode=REQUIRE");

        assertThat(url.parameters())
                .isEqualTo(Map.of(
                        "connectTimeout", "7",
                        "ApplicationName", "orders",
                        "channelBinding", "require",
                        "gssEncMode", "disable",
                        "sslmode", "REQUIRE"));
    }

    @Test
    void parametersThatTheDriverCannotUseAreAllRefusedAtTheStart() {
        var env = new Env(Map.of(
                "AMQP_URI",
                "amqp://broker",
                "DATABASE_URL",
                "postgresql://app:secret@db/pedidos?sslmod=verify-full&SSLROOTCERT=/secret&sslmode=bogus"
                        + "&targetServerType=secret",
                "PEDIDOS_DATABASE_ADMIN_URL",
                "postgresql://db/pedidos?password=secret"));

        assertThatThrownBy(env::check)
                .hasMessageContainingAll(
                        "DATABASE_URL must be",
                        "the driver has no parameter sslmod",
                        "the driver has no parameter SSLROOTCERT",
                        "the parameter sslmode must be disable or allow or prefer or require or verify-ca or verify-full",
                        "the parameter targetServerType must be any or primary or",
                        "PEDIDOS_DATABASE_ADMIN_URL must be",
                        "it names no user")
                .hasMessageNotContainingAny("secret", "bogus");
    }

    @Test
    void aWordThatMayBeAPartOfAPasswordIsNotRepeated() {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:x@db/pedidos?p4ss~word"))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("no parameter of the driver")
                .hasMessageNotContaining("p4ss");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:12/3?secret=4@db/pedidos"))
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/pedidos?user=app;password=secret",
                "jdbc:postgresql://db/pedidos;user=app;password=secret?user=app",
                "postgresql://app:x@db/pedidos?connectTimeout=5;password=secret",
            })
    void aSemicolonAfterTheHostsIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("write parameters as ?name=value&name=value, and %3B for ;")
                .hasMessageNotContaining("secret");
        assertThat(DatabaseUrl.parse("postgresql://a%3Bb:c;d@db/e%3Bf").toString())
                .isEqualTo("jdbc:postgresql://db:5432/e%3Bf as a;b");
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout=5%3Bsecret, a number",
        "receiveBufferSize=secret, a number",
        "tcpKeepAlive=secret, true or false",
        "gssencmode=secret, disable or allow or prefer or require",
        "channel_binding=secret, disable or prefer or require",
    })
    void aValueThatTheDriverCannotUseIsRefused(String parameter, String demand) {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:x@db/pedidos?" + parameter))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining(" must be " + demand)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receiveBufferSize=-1",
                "unknownLength=2147483647",
                "tcpKeepAlive=true",
                "requireAuth=scram-sha-256,md5",
                "channel_binding=require",
                "ssl=true",
            })
    void aValueThatTheDriverTakesIsTaken(String parameter) {
        assertThat(DatabaseUrl.parse("postgresql://app:x@db/pedidos?" + parameter)
                        .parameters())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "host", "port", "dbname", "PGHOST", "PGPORT", "PGDBNAME"})
    void aParameterThatNamesAnotherDatabaseIsRefused(String name) {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://db/pedidos?" + name + "=elsewhere"))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("the parameter " + name + " is not allowed")
                .hasMessageNotContaining("elsewhere");
    }
}
