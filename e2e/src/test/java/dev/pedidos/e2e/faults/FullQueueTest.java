package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.MessageProperties;
import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.VhostAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** An operator bounds a queue that workers publish to, and it is full: basic.nack. (Fault 26.) Or an operator deletes it. */
@Order(7)
class FullQueueTest {

    private static final int RECEIVERS = 48;
    private static final String DELAY = "pedidos_retry.20s";
    private static final String LETTERS = "pedidos_dlq";
    private static final String OPEN = "pedidos_queue";
    private static final BasicProperties FILLER = MessageProperties.MINIMAL_PERSISTENT_BASIC
            .builder()
            .messageId("filler")
            .build();
    private static final String HELD = "the delivery is held until it does";

    private static TestSystem system;
    private static VhostAdmin limits;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "full-queue",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "20000",
                        "PEDIDOS_RETRY_MAX_MS", "20000"));
        assumeThat(system.stores().prefix()).isEmpty();
        limits = new VhostAdmin(system.stores());
        client = new Client(system.api());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aDelayQueueThatIsFullHoldsUpOneShardAndNoOther() throws Exception {
        var worker = system.worker();
        holdRetry(worker, "retried");
        othersGoOnWhile("delay", worker, DELAY);

        awaitPublished("retried");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'retried' and status = 'COMPLETED'", 1);
        assertThat(client.get("/pedidos/retried").number("tentativas")).isEqualTo(2);
        worker.stop();
    }

    @Test
    void aFullQueueOfDeadLettersHoldsUpOneShardAndNoOther() throws Exception {
        var worker = system.worker();
        fill(LETTERS);
        post("dead", "{\"falha_permanente\":true}");
        awaitHeld(worker, LETTERS);
        othersGoOnWhile("letters", worker, LETTERS);

        awaitPublished("dead");
        try (var broker = system.broker()) {
            broker.awaitLetters(List.of("dead"));
        }
        worker.stop();
    }

    @Test
    void aMessageThatIsNoPedidoDoesNotHoldUpThePedidosOfTheOpenQueue() throws Exception {
        var worker = system.worker();
        fill(LETTERS);
        try (var amqp = new Amqp(system.stores())) {
            String queue = amqp.names().openQueue();
            amqp.publish(queue, "no pedido");
            for (int i = 0; i < RECEIVERS; i++) {
                amqp.publish(queue, Client.simulado("behind-" + i, "behind-" + i, "{}"));
            }
        }
        system.awaitCount(
                "select count(*) from pedidos where pedido_id like 'behind-%' and status = 'COMPLETED'", RECEIVERS);

        empty(LETTERS);
        try (var broker = system.broker()) {
            Awaitility.await("the letter of the message")
                    .until(() -> broker.letters().stream().anyMatch(id -> id.startsWith("mensagem:")));
        }
        purgeLetters();
        worker.stop();
    }

    @Test
    void aWorkerThatHoldsADeliveryStopsAndTheNextOneGoesOnWithIt() throws Exception {
        var worker = system.worker();
        holdRetry(worker, "handed-over");
        worker.drain();

        empty(DELAY);
        var next = system.worker();
        system.awaitCount("select count(*) from pedidos where pedido_id = 'handed-over' and status = 'COMPLETED'", 1);
        assertThat(client.get("/pedidos/handed-over").number("tentativas")).isEqualTo(2);
        next.stop();
    }

    @Test
    void aDelayQueueThatIsDeletedIsDeclaredAgain() throws Exception {
        var worker = system.worker();
        try (var broker = system.broker()) {
            broker.delete(DELAY);
        }
        post("undelayed", "{\"falhas_transitorias\":1}");

        awaitPublished("undelayed");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'undelayed' and status = 'COMPLETED'", 1);
        worker.stop();
    }

    @Test
    void anApiIsNotReadyWhileItHasNoDatabaseAndTheOpenQueueIsFull() throws Exception {
        try (var database = new TcpProxy(system.stores().databaseUrl());
                var api = system.api(Map.of("DATABASE_URL", database.uri()));
                var noIntake = system.withoutIntake()) {
            var without = new Client(api);
            fill(OPEN);
            database.cutOff();
            Awaitility.await("without a store")
                    .until(() -> without.post(Client.simulado("nowhere", "rcb", "{}"))
                                            .status()
                                    == 503
                            && without.get("/readyz").status() == 503);
            assertThat(without.get("/readyz").text("status")).isEqualTo("DOWN");

            empty(OPEN);
            Awaitility.await("the open queue takes pedidos")
                    .until(() ->
                            without.post(Client.simulado("kept", "rcb", "{}")).status() == 202);
            assertThat(without.get("/readyz").text("status")).isEqualTo("DEGRADED");
        }
        client.awaitStatus("kept", "PENDING");
    }

    private static void holdRetry(TestProgram worker, String id) throws Exception {
        fill(DELAY);
        post(id, "{\"falhas_transitorias\":1}");
        awaitHeld(worker, DELAY.replace('_', '.'));
    }

    private static void post(String id, String script) throws Exception {
        assertThat(client.post(Client.simulado(id, "rcb-" + id, script)).status())
                .isEqualTo(202);
    }

    private static void awaitHeld(TestProgram worker, String target) {
        Awaitility.await("a delivery is held")
                .atMost(Duration.ofSeconds(30))
                .until(() -> worker.log().contains(HELD + " (" + target + ": the broker refused the message"));
    }

    /** Before a relay looks at a retry. */
    private static void awaitPublished(String id) {
        Awaitility.await(id + " is published")
                .atMost(Duration.ofSeconds(15))
                .until(() ->
                        system.count("select count(*) from pedidos where published and pedido_id = '" + id + "'") == 1);
    }

    private static void othersGoOnWhile(String name, TestProgram worker, String full) throws Exception {
        for (int i = 0; i < RECEIVERS; i++) {
            client.post(Client.simulado(name + "-" + i, name + "-" + i, "{}"));
        }
        String completed =
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like '" + name + "-%'";
        Awaitility.await("the receivers of the other shards")
                .atMost(Duration.ofSeconds(20))
                .until(() -> system.count(completed) >= RECEIVERS / 2);
        assertThat(worker.log()).doesNotContain("opening the connection again");

        empty(full);
        Awaitility.await("those of the same shard")
                .atMost(Duration.ofSeconds(15))
                .until(() -> system.count(completed) == RECEIVERS);
    }

    private static void fill(String queue) throws Exception {
        limits.boundLength(queue);
        try (var broker = system.broker()) {
            Awaitility.await(queue + " is full").until(() -> !broker.offer(queue, FILLER, new byte[] {'x'}));
        }
    }

    private static void empty(String queue) throws Exception {
        if (queue.equals(LETTERS)) {
            purgeLetters();
        } else {
            try (var broker = system.broker()) {
                broker.purge(queue);
            }
        }
        limits.unboundLength(queue);
    }

    /** A sweep would keep the letters that it holds. */
    private static void purgeLetters() throws Exception {
        try (var noSweep = system.withoutSweeps();
                var broker = system.broker()) {
            Awaitility.await("the letters").until(() -> broker.ready(LETTERS) > 0);
            broker.purge(LETTERS);
        }
    }
}
