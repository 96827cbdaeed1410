package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator deletes queues or bindings that only an API uses at the time: it declares them again, if it may. */
class MissingQueueTest {

    private static final Duration OLD = Duration.ofSeconds(6);
    /** For publishing, two intakes and the watch. */
    private static final int LINKS = 4;

    private static final int RECEIVERS = 24;

    private static final String COMPLETED = "select count(*) from pedidos where status = 'COMPLETED'";

    private TestSystem system;
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("missing-queue", Strike.SETTINGS);
        broker = system.broker();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        system.close();
    }

    @Test
    void theQueueOfDeadLettersIsThereAgainWithTheLettersOfTheLedger() throws Exception {
        var api = system.api();
        var worker = system.worker();
        awaitTwoLetters(api);
        worker.stop();
        deleteTheirQueue(api);

        Awaitility.await("declared")
                .until(() -> !broker.existing(List.of("pedidos_dlq")).isEmpty());
        broker.awaitLetters(List.of("kept"));
    }

    private void awaitTwoLetters(TestProgram api) throws Exception {
        for (var id : List.of("kept", "discarded")) {
            new Client(api).post(Client.simulado(id, id, "{\"falha_permanente\":true}"));
        }
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and relay_at is null", 2);
    }

    private void deleteTheirQueue(TestProgram api) throws Exception {
        broker.delete("pedidos_dlq");
        new Http(api).json("DELETE", "/dlq/discarded", "{\"motivo\":\"nobody wants it\"}");
    }

    @Test
    void aQueueThatNoProgramMayDeclareTakesNothingElseAway() throws Exception {
        system.declareTopology();
        try (var database = new TcpProxy(system.stores().databaseUrl())) {
            var api = system.api(Map.of("PEDIDOS_DECLARE", "off", "DATABASE_URL", database.uri()));
            system.worker(TestSystem.DECLARING_NOTHING);
            long before = connected(api);
            awaitTwoLetters(api);
            deleteTheirQueue(api);
            Awaitility.await("it has looked for what is missing")
                    .until(() -> api.log().contains("pedidos_dlq is missing"));
            assertThat(connected(api)).isEqualTo(before);

            var client = new Client(api);
            Crowd.mustBeAccepted(client.post(Client.simulado("ordinary", "rcb", "{}")));
            system.awaitCount(COMPLETED, 1);
            database.cutOff();
            Awaitility.await("the database is down")
                    .until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            assertThat(client.post(Client.simulado("away", "rcb", "{}")).status())
                    .isEqualTo(202);
            database.heal();
            system.awaitCount(COMPLETED, 2);
        }
    }

    @Test
    void withoutTheDatabaseTheOpenQueueIsDeclaredAgain() throws Exception {
        try (var database = new TcpProxy(system.stores().databaseUrl())) {
            var client = new Client(system.api(Map.of("DATABASE_URL", database.uri())));
            database.cutOff();
            Awaitility.await("the database is down")
                    .until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            broker.delete("pedidos_queue");
            Awaitility.await("accepted")
                    .until(() ->
                            client.post(Client.simulado("away", "rcb", "{}")).status() == 202);

            database.heal();
            system.awaitCount("select count(*) from pedidos where pedido_id = 'away'", 1);
        }
    }

    /** It may have been removed meanwhile: nobody would work on it. */
    @Test
    void aShardIsDeclaredAgainWhenTheDatabaseHasSaidThatTheFleetHasIt() throws Exception {
        var last = List.of(Strike.SHARDS.getLast());
        try (var database = new TcpProxy(system.stores().databaseUrl());
                var network = new TcpProxy(system.stores().amqpUri())) {
            var api = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", network.uri()));
            database.cutOff();
            Awaitility.await("the last look at the number of shards is old")
                    .pollDelay(OLD)
                    .until(() -> new Client(api).get("/readyz").text("status").equals("DEGRADED"));
            broker.delete(last.getFirst());
            long before = connected(api);
            network.cut();
            Awaitility.await("every link is up again").until(() -> connected(api) >= before + LINKS);
            assertThat(broker.existing(last)).isEmpty();

            database.heal();
            Awaitility.await("declared").until(() -> !broker.existing(last).isEmpty());
        }
    }

    @Test
    void aProgramThatMayNotDeclareWorksWithTheQueuesThatAreThereAfterItsConnectionsWereLost() throws Exception {
        system.declareTopology();
        var last = List.of(Strike.SHARDS.getLast());
        try (var network = new TcpProxy(system.stores().amqpUri())) {
            var settings = Map.of("PEDIDOS_DECLARE", "off", "AMQP_URI", network.uri());
            var api = system.api(settings);
            var worker = system.worker(settings);
            awaitConsumers();
            broker.delete("pedidos_dlq");
            broker.delete(last.getFirst());
            network.cut();
            for (var program : List.of(api, worker)) {
                Awaitility.await("it names what is missing")
                        .untilAsserted(() ->
                                assertThat(program.log()).contains("the broker lacks", "pedidos_dlq", last.getFirst()));
            }

            var client = new Client(api);
            for (int i = 0; i < RECEIVERS; i++) {
                Crowd.mustBeAccepted(client.post(Client.simulado("p-" + i, "rcb-" + i, "{\"falhas_transitorias\":1}")));
            }
            system.awaitCount(COMPLETED, RECEIVERS);

            system.declareTopology();
            awaitConsumers();
        }
    }

    /** A queue that is missing holds nothing that new pedidos could overtake. */
    @Test
    void anApiThatMayNotDeclareFailsBackWithoutTheQueuesThatItReads() throws Exception {
        system.declareTopology();
        try (var network = new TcpProxy(system.stores().amqpUri());
                var database = new TcpProxy(system.stores().databaseUrl())) {
            var api = system.api(
                    Map.of("PEDIDOS_DECLARE", "off", "AMQP_URI", network.uri(), "DATABASE_URL", database.uri()));
            broker.delete("pedidos_queue");
            broker.delete("pedidos_recusados");
            long before = connected(api);
            network.cut();
            Awaitility.await("every link is up again").until(() -> connected(api) >= before + LINKS);

            var client = new Client(api);
            database.cutOff();
            Awaitility.await("the database is down")
                    .until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            database.heal();
            Awaitility.await("an unknown id is known to be unknown")
                    .until(() -> client.get("/pedidos/nobody").status() == 404);
            assertThat(connected(api)).as("no link was opened again").isEqualTo(before + LINKS);
        }
    }

    private void awaitConsumers() {
        Awaitility.await("consumers of the shards")
                .until(() -> broker.consumers(Strike.SHARDS) == Strike.SHARDS.size());
    }

    private static long connected(TestProgram api) throws Exception {
        return api.log()
                .lines()
                .filter(line -> line.contains(": connected to the broker"))
                .count();
    }

    @Test
    void theBindingsOfTheShardsAreDeclaredAgain() throws Exception {
        var client = new Client(system.apiByLedger());
        broker.unbindShards(Strike.SHARDS);
        Crowd.mustBeAccepted(client.post(Client.simulado("returned", "rcb", "{}")));
        system.passTimeForConfirms();

        broker.awaitReady(Strike.SHARDS, 1);
    }
}
