package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Every law holds when a private broker and database are killed, blocked, exhausted or asleep under load. Faults 3
 * (broker killed with many unconfirmed messages), 6 (alarm), 29 (all delays pass without a broker), 33 (database
 * killed), 34 (no connection left, slow statements).
 */
@Order(1)
class HurtStoresTest {

    private static final int RECEIVERS = 40;
    private static final Duration ABSENCE = Duration.ofSeconds(6);
    private static final String RETRYING = "select count(*) from pedidos where status = 'RETRYING'";

    private static KillableServers servers;

    private TestSystem system;
    private TestProgram api;
    private Client client;
    private Witness witness;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open("hurt");
    }

    @AfterAll
    static void close() throws Exception {
        var broker = URI.create(servers.amqpUri());
        var database = URI.create(servers.databaseUrl());
        servers.close();
        for (var address : List.of(broker, database)) {
            assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = new HashMap<>(Strike.SETTINGS);
        settings.put("PEDIDOS_PREFETCH", "16");
        system = TestSystem.on(servers.fresh("hurt"), settings);
        api = system.api();
        client = new Client(api);
        Mix.stock(api);
        for (int receiver = 0; receiver < RECEIVERS; receiver++) {
            client.stock("sku-" + receiver, 10_000);
        }
        witness = new Witness(system);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aBrokerKilledWithManyUnconfirmedLosesNothing() throws Exception {
        system.worker();
        var enough = new AtomicBoolean();
        var bodies = Mix.of(RECEIVERS, 1_000).stream().takeWhile(body -> !enough.get());
        var sending = witness.sending(List.of(api), 64, 0, bodies.iterator());
        Awaitility.await().until(() -> witness.answered() > 200);
        servers.killBroker();
        Awaitility.await("accepted without a broker")
                .until(() -> api.metric("pedidos_publish_seconds_count{result=\"failed\"}") > 50);
        enough.set(true);
        servers.startBroker();
        sending.join();

        assertThat(witness.accepted()).isEqualTo(witness.answered());
        system.passTimeForConfirms();
        witness.assertEveryLawHolds();
    }

    @Test
    void aDatabaseKilledUnderLoadLosesNothingAndCostsNoAttempt() throws Exception {
        system.worker();
        var enough = new AtomicBoolean();
        var bodies = plain("killed").takeWhile(body -> !enough.get());
        var sending = witness.sending(List.of(api), 32, 300, bodies.iterator());
        Awaitility.await().until(() -> witness.answered() > 200);
        servers.crashDatabase();
        Awaitility.await("accepted without a database")
                .until(() -> api.metric("pedidos_unnoted_total{result=\"confirmed\"}") > 0);
        servers.startDatabase();
        enough.set(true);
        sending.join();

        witness.assertEveryLawHolds();
        assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
        assertThat(system.count("select count(*) from pedidos where status = 'DEAD_LETTERED'"))
                .isZero();
    }

    /** With delays of 50 to 400 ms, a pedido that used attempts would use all five within two seconds. */
    @Test
    void tenThousandThatWaitForTheDatabaseUseNoAttempt() throws Exception {
        witness.send(List.of(api), 64, plain("waiting", 10_000));
        try (var broker = system.broker()) {
            broker.awaitReady(Strike.SHARDS, 10_000);
            var database = system.databaseProxy();
            system.workerBehind(database);
            database.hold(Statements.nth(100, Statements.FINISH), servers::crashDatabase)
                    .awaitSprung();
            Awaitility.await("paused")
                    .atMost(Duration.ofSeconds(60))
                    .during(ABSENCE)
                    .until(() -> broker.consumers(Strike.SHARDS) == 0);
            assertThat(broker.ready(Strike.SHARDS)).isGreaterThan(5_000);
            assertThat(broker.ready("pedidos_dlq")).isZero();
        }
        servers.startDatabase();

        witness.assertEveryLawHolds();
        assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED' and tentativas = 1"))
                .isEqualTo(10_000);
    }

    /** After the broker has replayed its log, exactly the letters that were removed after a look at all are missing. */
    @Test
    void afterASweepTheSameLettersAreLeftWhenTheBrokerRestarts() throws Exception {
        system.worker();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            bodies.add(Client.simulado("dead-" + i, "rcb-" + i, "{\"falha_permanente\":true}"));
        }
        witness.send(List.of(api), 16, bodies);
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and relay_at is null", 120);
        discardEveryThird(0);
        awaitLettersLeft(1, 2);
        discardEveryThird(1);
        awaitLettersLeft(2);
        servers.killBroker();
        servers.startBroker();

        witness.assertEveryLawHolds();
        awaitLettersLeft(2);
    }

    /** A letter that is acknowledged when its channel ends may come back once: it is removed again. */
    private void awaitLettersLeft(int... firsts) throws Exception {
        var expected = Arrays.stream(firsts)
                .boxed()
                .flatMap(first -> everyThird(first).stream())
                .toList();
        try (var broker = system.broker()) {
            Awaitility.await("the letters that are left")
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(broker.letters()).containsExactlyInAnyOrderElementsOf(expected));
        }
    }

    private void discardEveryThird(int first) throws Exception {
        var http = new Http(api);
        for (var id : everyThird(first)) {
            var answer = http.json("DELETE", "/dlq/" + id, "{\"motivo\":\"test\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static List<String> everyThird(int first) {
        return IntStream.iterate(first, i -> i < 120, i -> i + 3)
                .mapToObj(i -> "dead-" + i)
                .toList();
    }

    @Test
    void anAlarmOfTheBrokerStopsNeitherAcceptingNorConsuming() throws Exception {
        witness.send(List.of(api), 8, plain("before", 100));
        witness.send(
                List.of(api),
                1,
                List.of(
                        Client.simulado("fails", "rcb-fails", "{\"falhas_transitorias\":1}"),
                        Client.simulado("behind", "rcb-fails", "{}")));
        servers.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1");
        try {
            witness.send(List.of(api), 8, plain("during", 100));
            assertThat(witness.accepted()).isEqualTo(202);
            assertThat(client.get("/readyz").text("status")).isEqualTo("DEGRADED");
            var worker = system.worker();
            system.awaitCount(
                    "select count(*) from pedidos where pedido_id like 'before-%' and status = 'COMPLETED'", 100);
            Awaitility.await("the retry is held")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> worker.log().contains("the delivery is held until it does"));
            assertThat(worker.log()).doesNotContain("opening the connection again");
            assertThat(client.get("/readyz").text("broker")).as("still blocked").isEqualTo("DOWN");
        } finally {
            servers.rabbitmqctl("set_vm_memory_high_watermark", "0.4");
        }
        system.passTimeForConfirms();
        witness.assertEveryLawHolds();
    }

    @Test
    void retriesThatFallDueWhileTheBrokerIsDownAreMadeAfterwards() throws Exception {
        var slow = Map.of("PEDIDOS_RETRY_BASE_MS", "15000", "PEDIDOS_RETRY_MAX_MS", "15000");
        // Declares the queue of that delay: a queue that is declared while the broker is killed is lost
        // (docs/runbook.md).
        var slowApi = system.api(slow);
        system.worker(slow);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            bodies.add(Client.simulado("retried-" + i, "rcb-" + i, "{\"falhas_transitorias\":1}"));
            bodies.add(Client.simulado("behind-" + i, "rcb-" + i, "{}"));
        }
        var sending = witness.sending(List.of(slowApi), 16, bodies);
        Awaitility.await("in the delay queue").until(() -> system.count(RETRYING + " and published") > 5);
        servers.killBroker();
        sending.join();
        assertThat(system.count(RETRYING)).as("waiting when the broker died").isPositive();
        system.awaitCount(RETRYING + " and proxima_tentativa_em > clock_timestamp()", 0);
        system.alter("update pedidos set relay_at = relay_at - interval '1 hour'");
        servers.startBroker();

        witness.assertEveryLawHolds();
        assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED'"))
                .isEqualTo(60);
    }

    @Test
    void noConnectionLeftAndSlowStatementsMakeClientsWaitForABoundedTime() throws Exception {
        system.worker();
        witness.send(List.of(api), 8, plain("before", 50));
        List<Connection> all = new ArrayList<>();
        try (var locking = system.owner()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("lock table pedidos in access exclusive mode");
            takeAllThatAreLeft(all);
            var sending = witness.sending(List.of(api), 32, plain("during", 100));
            Awaitility.await("nobody is answered, everybody waits").until(() -> system.count(TestSystem.WAITS) > 2);
            locking.rollback();
            sending.join();
        } finally {
            for (var each : all) {
                each.close();
            }
        }
        witness.send(List.of(api), 8, plain("after", 50));

        witness.assertEveryLawHolds();
        assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
    }

    private void takeAllThatAreLeft(List<Connection> taken) {
        try {
            while (true) {
                taken.add(system.owner());
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).as("too many connections").isEqualTo("53300");
        }
    }

    private static List<String> plain(String prefix, int pedidos) {
        return plain(prefix).limit(pedidos).toList();
    }

    /** Each receiver wants a sku of its own: with one for all, every pedido would wait for the commit of another. */
    private static Stream<String> plain(String prefix) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Client.pedido(prefix + "-" + i, "rcb-" + i % RECEIVERS, "sku-" + i % RECEIVERS + ":1"));
    }
}
