package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PostgresProxy;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A message that is published and not acknowledged takes effect once and leaves no copies. Faults 25 (between the
 * retry's publish and the ACK, ten times) and 27 (between the dead letter's publish and the ACK).
 */
class SettlementCutTest {

    private static final int CUTS = 8;
    private static final int KILLS = 2;
    private static final int FAILURES = 40;

    private static TestSystem system;
    private static TcpProxy broker;
    private static PostgresProxy database;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        var settings = new HashMap<>(Strike.SETTINGS);
        settings.put("PEDIDOS_MAX_TENTATIVAS", "50");
        settings.put("PEDIDOS_RETRY_MAX_MS", "50");
        system = TestSystem.start("settlement-cut", settings);
        broker = new TcpProxy(system.stores().amqpUri());
        database = system.databaseProxy();
        client = new Client(system.api());
    }

    @AfterAll
    static void stop() {
        system.close();
        broker.close();
    }

    @Test
    void aRetryThatIsPublishedAndNotAcknowledgedTenTimesTakesEffectOnceAndLeavesNoCopies() throws Exception {
        var worker = system.worker(throughProxies());
        var first = database.hold(Statements.MARK, broker::cut);
        client.post(Client.simulado("retried", "rcb", "{\"falhas_transitorias\":" + FAILURES + "}"));
        first.awaitSprung();
        for (int cut = 1; cut < CUTS; cut++) {
            database.hold(Statements.MARK, broker::cut).awaitSprung();
        }
        database.before(Statements.MARK, worker::kill).awaitSprung();
        for (int kill = 1; kill < KILLS; kill++) {
            var next = new CompletableFuture<TestProgram>();
            var trap = database.before(Statements.MARK, () -> next.get().kill());
            next.complete(system.worker(throughProxies()));
            trap.awaitSprung();
        }
        worker = system.worker(throughProxies());
        system.awaitCount("select count(*) from pedidos where pedido_id = 'retried' and status = 'COMPLETED'", 1);

        assertThat(events("COMPLETED")).isEqualTo(1);
        assertThat(client.get("/pedidos/retried").number("tentativas")).isEqualTo(FAILURES + 1);
        assertThat(events("RETRY_SCHEDULED"))
                .as("every attempt was scheduled once")
                .isEqualTo(FAILURES);
        awaitNoMessageIsLeft();
        worker.stop();
    }

    @Test
    void aDeadLetterThatIsPublishedAndNotAcknowledgedIsInTheQueueOnce() throws Exception {
        var worker = system.worker(throughProxies());
        var cut = database.hold(Statements.MARK, broker::cut);
        client.post(Client.simulado("dead", "rcb-dead", "{\"falha_permanente\":true}"));
        client.post(Client.simulado("after", "rcb-dead", "{}"));
        cut.awaitSprung();
        system.awaitCount("select count(*) from pedidos where pedido_id = 'after' and status = 'COMPLETED'", 1);
        system.awaitCount("select count(*) from pedidos where pedido_id = 'dead' and published", 1);

        try (var operator = system.broker()) {
            operator.awaitLetters(List.of("dead"));
        }
        awaitNoMessageIsLeft();
        worker.stop();
    }

    private static long events(String type) {
        return system.count(
                "select count(*) from operation_events where external_id = 'retried' and event_type = '" + type + "'");
    }

    private static void awaitNoMessageIsLeft() throws Exception {
        List<String> queues = new ArrayList<>(Strike.SHARDS);
        queues.add("pedidos_retry.50ms");
        try (var operator = system.broker()) {
            Awaitility.await("no copy is left").until(() -> operator.ready(queues) == 0);
        }
    }

    private static Map<String, String> throughProxies() {
        return Map.of("AMQP_URI", broker.uri(), "DATABASE_URL", database.uri());
    }
}
