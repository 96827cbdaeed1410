package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.e2e.system.BrokerUsers;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The users and roles of deploy/compose: programs that may declare no queue and change no table. */
class LeastRightsTest {

    private static final Path BROKER_LOG = Path.of("target", "e2e", "log", "rabbitmq.log");

    private Stores stores;
    private BrokerUsers users;

    @BeforeEach
    void makeUsers() throws Exception {
        stores = TestStores.fresh("rights");
        assumeThat(stores.prefix())
                .as("a vhost of its own, made by the management API")
                .isEmpty();
        users = new BrokerUsers(stores);
    }

    @AfterEach
    void removeUsers() throws Exception {
        if (users != null) {
            users.close();
        }
        stores.close();
    }

    @Test
    void programsWorkWithTheQueuesThatTheDefinitionsMadeAndTheTablesOfTheirOwner() throws Exception {
        users.importTopology();
        try (var system = TestSystem.on(
                stores,
                Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16", "PEDIDOS_RETRY_MAX_MS", "600000"))) {
            system.migrate();
            var client = new Client(system.api(as("api")));
            system.worker(as("worker"));
            client.awaitLedgerPath();

            client.post(Client.simulado("plain", "rcb-1", "{}"));
            client.post(Client.simulado("retried", "rcb-2", "{\"falhas_transitorias\":1}"));
            client.post(Client.simulado("dead", "rcb-3", "{\"falha_permanente\":true}"));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);
            system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and relay_at is null", 1);

            moveLetterToTheOpenQueue();
            system.awaitCount("select count(*) from operation_events where event_type = 'REDRIVEN'", 1);
        }
    }

    @Test
    void aUserWhoMayNotDeclareGetsAListOfWhatIsMissing() {
        var topology = new Topology("", 2, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        var worker = new AmqpConnections(users.uri("worker"));

        assertThatThrownBy(() -> new TopologyDeclaration(topology).declareAtStart(() -> worker.open("topology")))
                .isInstanceOf(TopologyMismatch.class)
                .hasMessageContainingAll(
                        "exchange pedidos is missing",
                        "queue pedidos_queue.01 is missing",
                        "queue pedidos_retry.2s is missing",
                        "./pedidos definitions");
    }

    @Test
    void theDefinitionsAreWhatTheProgramsWouldDeclare() throws Exception {
        users.importTopology();
        var ladder = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600));

        // Refused if anything has other arguments.
        new TopologyDeclaration(new Topology("", 16, ladder))
                .declareAtStart(() -> new AmqpConnections(users.uri("topology")).open("topology"));
    }

    @Test
    void aProgramThatIsToldNotToDeclareLeavesNoErrorInTheBrokersLogAndOneThatIsNotToldLeavesOne() throws Exception {
        users.importTopology();
        assumeThat(BROKER_LOG).as("a broker that was started for the tests").exists();
        var ladder = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600));
        var topology = new Topology("", 16, ladder);
        var api = new AmqpConnections(users.uri("api"));
        var worker = new AmqpConnections(users.uri("worker"));

        assertThat(new TopologyDeclaration(topology).checkOnly().tryDeclare(() -> api.open("topology")))
                .isTrue();

        var notTold = new TopologyDeclaration(topology);
        for (int connection = 0; connection < 3; connection++) {
            assertThat(notTold.tryDeclare(() -> worker.open("topology"))).isTrue();
        }
        Awaitility.await().untilAsserted(() -> assertThat(refusals("worker")).isOne());
        assertThat(refusals("api")).as("of those before it in the log").isZero();
    }

    @Test
    void aProgramThatMayDeclareAgainDeclaresWhatIsMissing() throws Exception {
        users.importTopology();
        var topology = new Topology("", 16, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600)));
        var before = new AmqpConnections(users.uri("worker"));
        var later = new AmqpConnections(users.uri("topology"));
        var declaration = new TopologyDeclaration(topology);
        declaration.tryDeclare(() -> before.open("topology"));
        try (var system = TestSystem.on(stores, Map.of());
                var broker = system.broker()) {
            broker.delete("pedidos_alheios");
            assertThatThrownBy(() -> declaration.tryDeclare(() -> before.open("topology")))
                    .isInstanceOf(TopologyMismatch.class);

            assertThat(declaration.tryDeclare(() -> later.open("topology"))).isTrue();
            assertThat(broker.existing(List.of("pedidos_alheios"))).isNotEmpty();
        }
    }

    private long refusals(String user) throws IOException {
        try (var lines = Files.lines(BROKER_LOG)) {
            return lines.filter(line -> line.contains("refused for user '" + users.name(user) + "'"))
                    .count();
        }
    }

    @Test
    void theOperatorLooksAtDeadLettersAndMakesNeitherPolicyNorShovel() throws Exception {
        users.importTopology();

        assertThat(users.status("operator", "GET", "/api/queues/%v/pedidos_dlq", ""))
                .isEqualTo(200);
        assertThat(users.status(
                        "operator",
                        "PUT",
                        "/api/policies/%v/short",
                        "{\"pattern\":\"pedidos_dlq\",\"definition\":{\"max-length\":1}}"))
                .isEqualTo(401);
        assertThat(users.status(
                        "operator",
                        "PUT",
                        "/api/parameters/shovel/%v/move",
                        "{\"value\":{\"src-queue\":\"pedidos_dlq\"}}"))
                .isEqualTo(401);
    }

    @Test
    void aWorkerCanNeitherDeclareNorReadDeadLetters() throws Exception {
        users.importTopology();
        try (var connection = factory("worker").newConnection()) {
            assertThatThrownBy(() -> connection.createChannel().queueDeclare("mine", true, false, false, Map.of()))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> connection.createChannel().basicGet("pedidos_dlq", true))
                    .hasStackTraceContaining("ACCESS_REFUSED");
        }
    }

    @Test
    void anApiCannotPublishToADelayQueue() throws Exception {
        users.importTopology();
        try (var connection = factory("api").newConnection()) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            channel.basicPublish("pedidos.retry.1s", "rcb", null, new byte[0]);
            assertThatThrownBy(() -> channel.waitForConfirmsOrDie(10_000)).hasStackTraceContaining("ACCESS_REFUSED");
        }
    }

    /** Its right to write to a shard only lets it look, from RabbitMQ 4.2.6 on. */
    @Test
    void anApiCanNeitherTakeFromAShardNorBindIt() throws Exception {
        users.importTopology();
        try (var connection = factory("api").newConnection()) {
            assertThatThrownBy(() -> connection.createChannel().basicGet("pedidos_queue.00", true))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            for (var exchange : List.of("pedidos", "pedidos.retry.1s")) {
                assertThatThrownBy(() -> connection.createChannel().queueBind("pedidos_queue.00", exchange, "1"))
                        .hasStackTraceContaining("ACCESS_REFUSED");
            }
        }
    }

    @Test
    void aProgramWhoseRoleMayChangeNoTableRefusesTablesThatAreNotThere() throws Exception {
        assumeThat(stores.databaseUrl())
                .as("a role that does not own the database")
                .isNotEqualTo(stores.databaseAdminUrl());
        users.importTopology();
        try (var system = TestSystem.on(stores, Map.of("PEDIDOS_SHARDS", "16", "PEDIDOS_RETRY_MAX_MS", "600000"))) {
            var worker = system.workerBegun(as("worker"));

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !worker.isAlive());
            assertThat(worker.log()).contains("nothing was started", "not applied to database");
        }
    }

    /** The settings of a program that does not know the owner's password. */
    private Map<String, String> as(String user) {
        return Map.of("AMQP_URI", users.uri(user), "PEDIDOS_DATABASE_ADMIN_URL", "");
    }

    private void moveLetterToTheOpenQueue() throws Exception {
        try (var connection = factory("operator").newConnection();
                Channel channel = connection.createChannel()) {
            var letter = Awaitility.await().until(() -> channel.basicGet("pedidos_dlq", true), each -> each != null);
            channel.confirmSelect();
            channel.basicPublish("", "pedidos_queue", letter.getProps(), letter.getBody());
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    private ConnectionFactory factory(String user) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(users.uri(user));
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }
}
