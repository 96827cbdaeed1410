package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.PostgresProxy;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs with a heap of 256 MB: no accepted pedido ends any of them. */
@Order(5)
class SmallHeapTest {
    private static final int GROWN = 12;
    /** Accepted by a version that did not bound how numbers grow: 262 KB as sent, 13.4 MB as PostgreSQL writes it. */
    private static final String GROWING = "{\"n\":[" + "1e308,".repeat(43_599) + "1e308]}";

    private static final int FOREIGN = 30;
    /** 250 KB of text; the emoji makes it twice as large in memory. */
    private static final String LARGE = "{\"x\":\"" + "y".repeat(250_000) + "\ud83d\ude00\"}";

    /** Its tree takes 8 MB. */
    private static final String MANY_VALUES = "{\"demora_ms\":500,\"x\":[" + "{},".repeat(87_000) + "{}]}";

    private static final int WAITING = 36;

    /** Just below the bound: 20 KB as sent, 1 MB in an answer. */
    private static final String REPEATED = "{\"n\":[" + "1e308,".repeat(3_399) + "1e308]}";

    /** 12 MB, decoded half a gigabyte. */
    private static final String NO_PEDIDO = "{\"x\":[" + "[],".repeat(4_000_000) + "[]]}";

    private static TestSystem system;
    private static PostgresProxy database;
    private static TcpProxy broker;
    private static TestProgram api;
    private static TestProgram worker;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("small_heap", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"));
        database = system.databaseProxy();
        broker = new TcpProxy(system.stores().amqpUri());
        api = system.apiWithHeap("256m", Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()));
        client = new Client(api);
        client.awaitLedgerPath();
        worker = system.workerWithHeap("256m");
    }

    @AfterAll
    static void stop() {
        system.close();
        broker.close();
    }

    @Test
    void pedidosOfOldVersionsThatGrowFiftyfoldArePublishedFinishedAndListed() throws Exception {
        insertAcceptedBefore();
        system.awaitCount(
                "select count(*) from pedidos where recebedor_id like 'grown-%' and status = 'COMPLETED'", GROWN);

        String cursor = "";
        for (int i = 0; i < 2; i++) {
            var page = client.get("/pedidos?limit=500" + cursor);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body().path("pedidos").size()).isPositive();
            cursor = "&cursor=" + page.text("next_cursor");
        }
        assertThat(client.get("/pedidos/grown-1").text("status")).isEqualTo("COMPLETED");
        comeBackByTheOpenQueue();
        assertThat(api.isAlive()).isTrue();
    }

    /** All at once, as dead letters that somebody moved while the database was down. */
    private static void comeBackByTheOpenQueue() throws Exception {
        database.network().cutOff();
        try (var amqp = new Amqp(system.stores())) {
            for (int i = 0; i < GROWN; i++) {
                String body = Client.simulado("grown-" + i, "grown-" + i, GROWING);
                amqp.publish("", amqp.names().openQueue(), Map.of("motivo", "ESGOTADO"), "", body);
            }
        }
        database.network().heal();
        client.awaitLedgerPath();
        Awaitility.await("all are found to be known")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.metric("pedidos_intake_total{result=\"known\"}") >= GROWN);
    }

    @Test
    void pedidosThatWouldGrowFiftyfoldAreRefusedToday() throws Exception {
        var answer = client.post(Client.simulado("growing", "r", GROWING));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/field").asString("")).isEqualTo("dados");
    }

    /** Their handlers wait at the same time: together they are larger than the heap. */
    @Test
    void pedidosThatAreThirtyTimesAsLargeInMemoryWaitForTheirHandlers() throws Exception {
        worker.freeze();
        for (int i = 0; i < WAITING; i++) {
            assertThat(client.post(Client.simulado("values-" + i, "values-" + i, MANY_VALUES))
                            .status())
                    .isEqualTo(202);
            assertThat(client.post(Client.simulado("behind-" + i, "values-" + i, "{\"demora_ms\":500}"))
                            .status())
                    .isEqualTo(202);
        }
        worker.thaw();
        system.awaitCount(
                "select count(*) from pedidos where recebedor_id like 'values-%' and status = 'COMPLETED'",
                2 * WAITING);
        assertThat(system.count("select max(tentativas) from pedidos where recebedor_id like 'values-%'"))
                .isEqualTo(1);
        assertThat(worker.isAlive()).isTrue();
    }

    /** Messages of 2 MB each that are not pedidos and delay none. */
    @Test
    void foreignMessagesOfMegabytesAreSetAsideAndLaterPedidosAreAccepted() throws Exception {
        try (var amqp = new Amqp(system.stores())) {
            String queue = amqp.names().openQueue();
            for (int i = 0; i < FOREIGN; i++) {
                amqp.publish(queue, "x".repeat(2_000_000) + i);
            }
            amqp.publish(queue, Client.simulado("behind-foreign", "behind-foreign", "{}"));
        }
        system.awaitCount(
                "select count(*) from pedidos where pedido_id = 'behind-foreign' and status = 'COMPLETED'", 1);
        system.awaitCount(
                "select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"
                        + " and (payload ->> 'size')::integer < 2100000",
                FOREIGN);
        assertThat(api.isAlive()).isTrue();
    }

    /** With their headers they would take half a gigabyte. */
    @Test
    void foreignMessagesOfNothingButHeadersAreRefused() throws Exception {
        Map<String, Object> headers = new HashMap<>();
        for (int i = 0; i < 26_000; i++) {
            headers.put(Integer.toString(Character.MAX_RADIX * Character.MAX_RADIX + i, Character.MAX_RADIX), null);
        }
        database.network().cutOff();
        try (var amqp = new Amqp(system.stores())) {
            for (int i = 0; i < 200; i++) {
                amqp.publish("", amqp.names().openQueue(), headers, "", "");
            }
        }
        database.network().heal();
        client.awaitLedgerPath();
        Awaitility.await("all are refused")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.metric("pedidos_intake_total{result=\"refused\"}") >= 200);
        assertThat(api.isAlive()).isTrue();
    }

    @Test
    void whatNoWorkerCanDecodeIsADeadLetterWithoutBeingDecoded() throws Exception {
        try (var amqp = new Amqp(system.stores())) {
            amqp.publish(amqp.names().entryExchange(), "large", Map.of(), "", NO_PEDIDO);
            amqp.publish(amqp.names().refusalQueue(), NO_PEDIDO + " ");
        }
        system.awaitCount(
                "select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"
                        + " and (payload ->> 'size')::integer > 10000000 and payload::text like '%more than%bytes%'",
                2);
        assertThat(worker.isAlive()).isTrue();
        assertThat(api.isAlive()).isTrue();
    }

    @Test
    void aRepetitionIsAnsweredAsByGetHoweverLargeTheAnswerIs() throws Exception {
        String body = Client.simulado("repeated", "repeated", REPEATED);
        Crowd.mustBeAccepted(client.post(body));
        client.awaitStatus("repeated", "COMPLETED");

        var again = client.post(body);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(client.get("/pedidos/repeated").body());
    }

    @Test
    void aCrowdWithBodiesAtTheLimitIsAnswered202Or503WhileEitherStoreIsDown() throws Exception {
        crowd("crowd", Duration.ofSeconds(12));
    }

    @Test
    @Tag("thorough")
    void aCrowdWithBodiesAtTheLimitIsAnsweredForFiveMinutes() throws Exception {
        crowd("long", Duration.ofMinutes(5));
    }

    private static void crowd(String name, Duration duration) throws Exception {
        Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        try (var trouble = Executors.newSingleThreadExecutor()) {
            var done = trouble.submit(() -> {
                hurtStores(duration);
                over.set(true);
                return null;
            });
            Crowd.of(64, who -> {
                for (int i = 0; !over.get(); i++) {
                    String id = name + "-" + who + "-" + i;
                    var answer = client.post(Client.simulado(id, name + "-" + who, LARGE));
                    statuses.computeIfAbsent(answer.status(), status -> new LongAdder())
                            .increment();
                    if (answer.status() == 408) {
                        assertThat(answer.text("type")).isEqualTo("/problems/timeout");
                    }
                    if (answer.status() == 202) {
                        accepted.add(id);
                    } else {
                        TimeUnit.MILLISECONDS.sleep(200);
                    }
                    if (who < 2) {
                        client.get("/pedidos?limit=500");
                    }
                }
            });
            done.get();
        }
        System.out.println("answers of " + duration + ": " + statuses);
        assertThat(statuses.keySet()).isSubsetOf(202, 408, 503);
        assertThat(accepted).isNotEmpty();
        assertThat(api.isAlive()).isTrue();
        String completed =
                "select count(*) from pedidos where recebedor_id like '" + name + "-%' and status = 'COMPLETED'";
        Awaitility.await("as many are COMPLETED as were accepted")
                .atMost(duration.multipliedBy(4).plusMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> system.count(completed) >= accepted.size());
        system.awaitCount(
                "select count(*) from unnest('{" + String.join(",", accepted) + "}'::text[]) as g (pedido_id)"
                        + " left join pedidos p using (pedido_id) where p.status is distinct from 'COMPLETED'",
                0);
    }

    /** In turn, each store is down for a third of the time. */
    private static void hurtStores(Duration duration) throws InterruptedException {
        long third = Math.min(duration.toMillis() / 3, 10_000);
        for (long left = duration.toMillis(); left > 0; left -= 3 * third) {
            TimeUnit.MILLISECONDS.sleep(third);
            database.network().cutOff();
            TimeUnit.MILLISECONDS.sleep(third);
            database.network().heal();
            broker.cutOff();
            TimeUnit.MILLISECONDS.sleep(third);
            broker.heal();
        }
    }

    /** Unpublished, as if the broker had been down. */
    private static void insertAcceptedBefore() {
        for (int i = 0; i < GROWN; i++) {
            String id = "grown-" + i;
            byte[] body = Client.simulado(id, id, GROWING).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(PayloadHash.of(PedidoCodec.readAccepted(body).withId(id)));
            system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash,"
                    + " relay_at) values ('" + id + "', " + i + ", 'simulado', '" + id + "', 'api',"
                    + " jsonb_build_object('dados',"
                    + " jsonb_build_object('n',"
                    + " array_fill(1e308::numeric,"
                    + " array[43600]))),"
                    + " '\\x" + hash + "', now())");
        }
    }
}
