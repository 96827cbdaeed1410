package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 9: broker or database are down when the programs start, and come up later. */
class StartWithoutStoresTest {

    @TempDir
    private Path files;

    @Test
    void bothProgramsComeUpAndGoOnAsSoonAsTheStoresDo() throws Exception {
        try (var system = TestSystem.start("start-without", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var database = new TcpProxy(system.stores().databaseUrl());
                var admin = new TcpProxy(system.stores().databaseAdminUrl());
                var broker = new TcpProxy(system.stores().amqpUri())) {
            database.cutOff();
            admin.cutOff();
            broker.cutOff();
            var byProxy = Map.of(
                    "DATABASE_URL", database.uri(),
                    "PEDIDOS_DATABASE_ADMIN_URL", admin.uri(),
                    "AMQP_URI", broker.uri());
            var api = system.apiBegun(byProxy);
            var worker = system.workerBegun(byProxy);
            awaitStatus(worker, "DOWN");
            awaitStatus(api, "DOWN");
            var client = new Client(api);
            assertThat(client.post(Client.simulado("too-early", "rcb", "{}")).status())
                    .isEqualTo(503);

            broker.heal();
            awaitStatus(api, "DEGRADED");
            awaitStatus(worker, "DEGRADED");
            assertThat(worker.metric("pedidos_broker_up")).isEqualTo(1);
            assertThat(worker.metric("pedidos_database_up")).isZero();
            Crowd.mustBeAccepted(client.post(Client.simulado("before-any-database", "rcb", "{}")));
            assertThat(api.metrics())
                    .as("0 would say that no worker runs, and that no receiver is held")
                    .contains("pedidos_workers NaN", "pedidos_held_receivers NaN", "pedidos_surplus_shards NaN");

            admin.heal();
            database.heal();
            awaitStatus(api, "READY");
            awaitStatus(worker, "READY");
            system.awaitCount(
                    "select count(*) from pedidos where pedido_id = 'before-any-database' and status = 'COMPLETED'", 1);
        }
    }

    @Test
    void withTheDatabaseAloneAnApiInsertsAndAnswers() throws Exception {
        try (var system = TestSystem.start("start-database", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var broker = new TcpProxy(system.stores().amqpUri())) {
            broker.cutOff();
            var byProxy = Map.of("AMQP_URI", broker.uri());
            var api = system.apiBegun(byProxy);
            var worker = system.workerBegun(byProxy);
            awaitStatus(api, "DEGRADED");
            awaitStatus(worker, "DEGRADED");
            var client = new Client(api);
            Crowd.mustBeAccepted(client.post(Client.simulado("inserted", "rcb", "{}")));
            assertThat(client.get("/pedidos/inserted").text("status")).isEqualTo("PENDING");

            broker.heal();
            system.passTimeForConfirms();
            awaitStatus(worker, "READY");
            system.awaitCount("select count(*) from pedidos where pedido_id = 'inserted' and status = 'COMPLETED'", 1);
        }
    }

    @Test
    void aDatabaseThatComesBackWithAnotherPasswordIsUsedAsSoonAsTheFileHasIt() throws Exception {
        try (var system = TestSystem.start("start-password", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var database = new TcpProxy(system.stores().databaseUrl());
                var admin = new TcpProxy(system.stores().databaseAdminUrl())) {
            database.cutOff();
            admin.cutOff();
            var urlFile = Files.writeString(files.resolve("database-url"), withPassword("old", database.uri()));
            var adminFile = Files.writeString(files.resolve("admin-url"), withPassword("old", admin.uri()));
            var byFile = Map.of(
                    "DATABASE_URL",
                    "",
                    "DATABASE_URL_FILE",
                    urlFile.toString(),
                    "PEDIDOS_DATABASE_ADMIN_URL",
                    "",
                    "PEDIDOS_DATABASE_ADMIN_URL_FILE",
                    adminFile.toString());
            var api = system.apiBegun(byFile);
            var worker = system.workerBegun(byFile);
            awaitStatus(api, "DEGRADED");
            awaitStatus(worker, "DEGRADED");
            var client = new Client(api);
            Crowd.mustBeAccepted(client.post(Client.simulado("before", "rcb", "{}")));

            admin.heal();
            database.heal();
            awaitRefused(api);
            awaitRefused(worker);
            Files.writeString(adminFile, admin.uri());
            Files.writeString(urlFile, database.uri());
            awaitStatus(api, "READY");
            awaitStatus(worker, "READY");
            system.awaitCount("select count(*) from pedidos where pedido_id = 'before' and status = 'COMPLETED'", 1);
            assertThat(api.log()).doesNotContain("nothing was started");
        }
    }

    @Test
    void aDatabaseThatRefusesIsAClearRefusalAndNotWaitedFor() throws Exception {
        try (var system = TestSystem.start("start-refused", Map.of())) {
            String wrong = withPassword("wrong", system.stores().databaseAdminUrl());
            var api = system.apiBegun(Map.of("PEDIDOS_DATABASE_ADMIN_URL", wrong));
            assertThat(api.exitCode()).isEqualTo(1);
            assertThat(api.log()).contains("nothing was started").doesNotContain("wrong@");
        }
    }

    private static String withPassword(String password, String url) {
        return url.replaceFirst("://([^:]+):[^@]+@", "://$1:" + password + "@");
    }

    private static void awaitRefused(TestProgram program) {
        Awaitility.await("refused")
                .atMost(Duration.ofSeconds(60))
                .until(() -> program.log().contains("SQLSTATE 28P01"));
    }

    private static void awaitStatus(TestProgram program, String status) {
        Awaitility.await(status)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(ConnectException.class)
                .until(() -> new Client(program).get("/readyz").text("status").equals(status));
    }
}
