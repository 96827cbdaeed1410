package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The environment of a program: several servers, variables of other programs, secrets. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class AddressesTest {

    private static final String CANARY = "c4nary~secret";

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("addresses", Map.of("PEDIDOS_SHARDS", "1"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void serversThatAreDownOrSilentAreSkipped() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var down = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String before = "127.0.0.1:" + down.getLocalPort() + ",127.0.0.1:" + silent.getLocalPort() + ",";
            down.close();
            Map<String, String> settings = new HashMap<>(serviceLinks());
            settings.put("AMQP_URI", system.stores().amqpUri().replaceFirst("@", "@" + before));
            settings.put("DATABASE_URL", system.stores().databaseUrl().replaceFirst("@", "@" + before));
            settings.put(
                    "PEDIDOS_DATABASE_ADMIN_URL",
                    system.stores().databaseAdminUrl().replaceFirst("@", "@" + before));
            settings.put("PEDIDOS_READY_DELAY_MS", "600000");

            var worker = system.worker(settings);
            var log = worker.log();
            assertThat(log.lines().filter(line -> line.contains("PEDIDOS_API_SERVICE_HOST")))
                    .hasSize(1);
            assertThat(passwords()).noneMatch(log::contains);
            assertThat(worker.commandLines())
                    .isNotEmpty()
                    .noneMatch(line -> passwords().anyMatch(line::contains));
            assertNotReadyBeforeItStops(worker);
        }
    }

    private static void assertNotReadyBeforeItStops(TestProgram worker) throws Exception {
        var client = new Client(worker);
        worker.terminate();
        Awaitility.await().until(() -> client.get("/readyz").status() == 503);
        assertThat(client.get("/healthz").status()).isEqualTo(200);
        worker.kill();
    }

    @Test
    void noProgramRepeatsWhatASettingIsSetTo() throws Exception {
        String list = "amqp://u:" + CANARY + "@a:5672,u:" + CANARY + "@b:5672/v";
        Map<String, String> garbage = new HashMap<>();
        Settings.ALL.forEach(setting -> garbage.put(setting.name(), list));
        // The test gives these to every program.
        garbage.keySet().removeAll(List.of("PEDIDOS_LOG", "PEDIDOS_API_PORT", "PEDIDOS_WORKER_PORT"));
        assertRefusedSilently(system.apiBegun(garbage));
        assertRefusedSilently(system.workerBegun(garbage));

        for (var command : List.of("status", "up", "verify")) {
            var ended = PedidosCommand.in(garbage, command);
            assertThat(ended.exitCode()).as(command).isEqualTo(2);
            assertThat(ended.output()).as(command).contains("AMQP_URI").doesNotContain(CANARY);
        }
        var ended = PedidosCommand.in(
                Map.of("AMQP_URI", system.stores().amqpUri(), "RABBITMQ_MANAGEMENT_URL", list),
                "demo",
                "--pedidos",
                "1");
        assertThat(ended.output()).contains("RABBITMQ_MANAGEMENT_URL").doesNotContain(CANARY);
    }

    @Test
    void noProgramRepeatsAParameterOfTheAddress() throws Exception {
        for (String wrong : List.of("?user=app;password=", "?connectTimeout=5%3Bpassword=")) {
            String url = system.stores().databaseUrl() + wrong + CANARY;
            var refused = system.workerBegun(Map.of("DATABASE_URL", url, "PEDIDOS_DATABASE_ADMIN_URL", url));
            assertThat(refused.exitCode()).as(wrong).isEqualTo(1);
            assertThat(refused.log()).as(wrong).contains("DATABASE_URL must be").doesNotContain(CANARY);
            assertCommandsAreSilentAbout(url);
        }

        String secret = "sslpassword=" + CANARY;
        String service = system.stores().databaseUrl() + "?service=nope&" + secret;
        var refused = system.workerBegun(Map.of("DATABASE_URL", service, "PEDIDOS_DATABASE_ADMIN_URL", service));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.log())
                .contains("the parameter service is not allowed")
                .doesNotContain(CANARY);
        assertCommandsAreSilentAbout(service);

        String encrypted = system.stores().databaseUrl() + "?sslmode=verify-full&sslrootcert=/nowhere&" + secret;
        var waiting = system.workerBegun(Map.of("DATABASE_URL", encrypted, "PEDIDOS_DATABASE_ADMIN_URL", encrypted));
        Awaitility.await().until(() -> waiting.log().contains("does not support SSL"));
        assertThat(waiting.log()).doesNotContain(CANARY);
        assertCommandsAreSilentAbout(encrypted);
    }

    private static void assertCommandsAreSilentAbout(String url) throws Exception {
        for (var command : List.of("verify", "recover")) {
            var ended = PedidosCommand.in(Map.of(), command, "--url", url);
            assertThat(ended.exitCode()).as(command).isNotZero();
            assertThat(ended.output()).as(command).isNotEmpty().doesNotContain(CANARY);
        }
        var ended = PedidosCommand.in(Map.of("DATABASE_URL", url), "demo", "--pedidos", "1");
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).isNotEmpty().doesNotContain(CANARY);
    }

    private static void assertRefusedSilently(TestProgram program) throws Exception {
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.log())
                .contains("AMQP_URI", "DATABASE_URL", "PEDIDOS_SHARDS")
                .doesNotContain(CANARY);
    }

    private static Map<String, String> serviceLinks() {
        return Map.of(
                "PEDIDOS_API_PORT", "tcp://10.0.0.1:8080",
                "PEDIDOS_API_SERVICE_HOST", "10.0.0.1",
                "PEDIDOS_API_SERVICE_PORT", "8080",
                "PEDIDOS_API_SERVICE_PORT_HTTP", "8080",
                "PEDIDOS_API_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "PEDIDOS_API_PORT_8080_TCP_ADDR", "10.0.0.1");
    }

    private static Stream<String> passwords() {
        return Stream.of(
                        system.stores().amqpUri(),
                        system.stores().databaseUrl(),
                        system.stores().databaseAdminUrl())
                .map(uri -> URI.create(uri).getUserInfo().replaceFirst("^[^:]*:", ""))
                .filter(password -> password.length() > 8);
    }
}
