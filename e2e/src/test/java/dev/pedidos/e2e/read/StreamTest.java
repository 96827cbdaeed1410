package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Listening;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask once: they listen to events, or wait for the final state. */
@Timeout(120)
@Order(6)
class StreamTest {
    private static TestSystem system;
    private static TcpProxy database;
    private static TestProgram api;
    private static TestProgram other;
    private static Client client;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("stream", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        database = new TcpProxy(system.stores().databaseUrl());
        api = system.api(Map.of("DATABASE_URL", database.uri()));
        other = system.api();
        client = new Client(api);
        client.awaitLedgerPath();
        new Client(other).awaitLedgerPath();
        http = new Http(api);
        system.worker();
        client.stock("caneca", 1_000_000);
    }

    @AfterAll
    static void stop() {
        system.close();
        database.close();
    }

    @Test
    void whoPrefersToWaitGetsTheFinalPedido() throws Exception {
        var answer = post("wait=20", Client.pedido("waited", "rcb-w", "caneca:1"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Http.tree(answer)).isEqualTo(http.get("/pedidos/waited"));
        assertThat(Http.tree(answer).path("status").asString("")).isEqualTo("COMPLETED");
    }

    @Test
    void whoPrefersToWaitGetsTheDeadLetter() throws Exception {
        var answer = post("wait=20", Client.simulado("given-up", "rcb-g", "{\"falha_permanente\":true}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Http.tree(answer).path("status").asString("")).isEqualTo("DEAD_LETTERED");
    }

    @Test
    void whoPrefersToWaitGetsTheFinalOperation() throws Exception {
        for (String event : List.of("\"CREATED\",\"payload\":{\"valor_centavos\":5}", "\"STARTED\",\"payload\":{}")) {
            post("/operations", "", "{\"external_id\":\"op\",\"event_type\":" + event + "}");
        }
        var answer =
                post("/operations", "wait=20", "{\"external_id\":\"op\",\"event_type\":\"COMPLETED\",\"payload\":{}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
        assertThat(Http.tree(answer)).isEqualTo(http.get("/operations/op"));
    }

    @Test
    void whoPrefersToWaitGetsTheCancelledPedido() throws Exception {
        post("wait=20", Client.pedido("undone", "rcb-u", "caneca:1"));
        var answer = post("/pedidos/undone/cancel", "wait=20", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
        assertThat(Http.tree(answer).path("status").asString("")).isEqualTo("CANCELLED");
        var again = post("/pedidos/undone/cancel", "wait=20", "{}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Preference-Applied")).hasValue("wait");
        try (var story = Listening.to(api, "/pedidos/undone/stream", null)) {
            Awaitility.await().until(story::isOver);
            assertThat(story.types()).endsWith("COMPLETED", "CANCELLED");
        }
    }

    @Test
    void whoWaitsInVainGetsTheUsualAnswerAfterItsTime() throws Exception {
        String slow = Client.simulado("slow", "rcb-slow", "{}");
        try (var held = system.holdReceiver("rcb-slow")) {
            long begun = System.nanoTime();
            var answer = post("respond-async, wait=1", slow);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(15));
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
            assertThat(post("wait=31", slow).statusCode()).as("not understood").isEqualTo(200);
        }

        var replayed = post("wait=20", slow);
        assertThat(replayed.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(Http.tree(replayed).path("status").asString("")).isEqualTo("COMPLETED");
    }

    private static HttpResponse<String> post(String prefer, String body) throws Exception {
        return post("/pedidos", prefer, body);
    }

    private static HttpResponse<String> post(String path, String prefer, String body) throws Exception {
        return http.sendJson("POST", path, body, "Prefer", prefer).get();
    }

    @Test
    void theStreamOfAPedidoBeginsWithItsFirstEventAndEndsAfterItsFinalOne() throws Exception {
        client.post(Client.simulado("storied", "rcb-s", "{\"falhas_transitorias\":1}"));
        try (var live = Listening.to(api, "/pedidos/storied/stream", null)) {
            Awaitility.await().until(live::isOver);
            assertThat(live.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(live.header("Cache-Control")).isEqualTo("no-store");
            assertThat(live.types())
                    .containsExactly("ACCEPTED", "PROCESSING", "RETRY_SCHEDULED", "PROCESSING", "COMPLETED");
            assertThat(live.ids()).isSorted().doesNotHaveDuplicates();
            assertThat(live.events().getFirst().data())
                    .startsWith("{\"pedido_id\":\"storied\",\"event_type\":\"ACCEPTED\",\"payload\":{");

            try (var rest =
                    Listening.to(other, "/pedidos/storied/stream", live.ids().get(2))) {
                Awaitility.await().until(rest::isOver);
                assertThat(rest.ids()).isEqualTo(live.ids().subList(3, 5));
            }
            try (var nothing =
                    Listening.to(other, "/pedidos/storied/stream", live.ids().getLast())) {
                assertThat(nothing.status()).isEqualTo(204);
            }
        }
    }

    @Test
    void whatCannotBeListenedToIsRefused() throws Exception {
        assertThat(status("/pedidos/nobody/stream")).isEqualTo(404);
        assertThat(status("/stream")).isEqualTo(422);
        assertThat(status("/stream?recebedor_id=")).isEqualTo(422);
        assertThat(status("/stream?recebedor_id=r&foo=1")).isEqualTo(422);
        assertThat(status("/stream?recebedor_id=r", "Last-Event-ID", "x")).isEqualTo(422);
        assertThat(status("/stream?recebedor_id=r", "Last-Event-ID", "99999999999999999"))
                .as("of another ledger")
                .isEqualTo(422);
        var head = http.send("HEAD", "/stream?recebedor_id=r", BodyPublishers.noBody())
                .get();
        assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    private static int status(String path, String... headers) throws Exception {
        return http.send("GET", path, BodyPublishers.noBody(), headers).get().statusCode();
    }

    @Test
    void anEventWaitsForAnEarlierOneThatIsCommittedLater() throws Exception {
        client.post(Client.pedido("older", "rcb-o", "caneca:1"));
        system.awaitCount("select count(*) from pedidos where pedido_id = 'older' and status = 'COMPLETED'", 1);
        try (var listener = Listening.to(api, "/stream?recebedor_id=rcb-o", null);
                Connection session = system.owner()) {
            session.setAutoCommit(false);
            long held = insertEvent(session);
            client.post(Client.pedido("newer", "rcb-o", "caneca:1"));
            system.awaitCount("select count(*) from pedidos where pedido_id = 'newer' and status = 'COMPLETED'", 1);
            assertThat(listener.events()).isEmpty();
            session.commit();
            Awaitility.await().until(() -> listener.events().size() == 4);
            assertThat(listener.ids()).isSorted().startsWith(held);
            assertThat(listener.types()).containsExactly("CONFLICT", "ACCEPTED", "PROCESSING", "COMPLETED");
        }
    }

    private static long insertEvent(Connection session) throws Exception {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("insert into operation_events (external_id, event_type, payload,"
                        + " payload_hash) values ('older', 'CONFLICT', '{}', '\\x00') returning id")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aListenerMissesAndRepeatsNothingWhenTheDatabaseGoesAndItsApiChanges() throws Exception {
        List<Long> got = new ArrayList<>();
        try (var first = Listening.to(api, "/stream?recebedor_id=rcb-d", null)) {
            send("gone-a", 20);
            Awaitility.await().until(() -> first.events().size() >= 60);
            database.cutOff();
            Awaitility.await().until(() -> client.text("/readyz").contains("DEGRADED"));
            for (int i = 0; i < 20; i++) {
                new Client(other).post(Client.pedido("gone-b-" + i, "rcb-d", "caneca:1"));
            }
            assertThat(first.isOver()).isFalse();
            database.heal();
            Awaitility.await().until(() -> first.events().size() >= 120);
            got.addAll(first.ids());
        }
        send("gone-c", 20);
        try (var second = Listening.to(other, "/stream?recebedor_id=rcb-d", got.getLast())) {
            Awaitility.await().until(() -> second.events().size() >= 60);
            got.addAll(second.ids());
        }
        assertThat(got).isEqualTo(idsOf("rcb-d"));
        client.awaitLedgerPath();
    }

    private static void send(String prefix, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            new Client(other).post(Client.pedido(prefix + "-" + i, "rcb-d", "caneca:1"));
        }
        system.awaitCount(
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like '" + prefix + "-%'", count);
    }

    private static List<Long> idsOf(String recebedor) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select e.id from operation_events e join pedidos p"
                                + " on p.pedido_id = e.external_id where p.recebedor_id = ? order by e.id")
                        .bind(0, recebedor)
                        .mapTo(Long.class)
                        .list());
    }

    @Test
    void moreListenersThanAllowedAreRefusedAndAStopEndsAllAtOnce() throws Exception {
        var small = system.api(Map.of("PEDIDOS_OUVINTES", "2"));
        new Client(small).awaitLedgerPath();
        var door = new Http(small);
        var held = system.holdReceiver("rcb-brief");
        new Client(small).post(Client.simulado("brief", "rcb-brief", "{}"));
        try (var heldUntilTheEnd = system.holdReceiver("rcb-stop");
                var brief = Listening.to(small, "/pedidos/brief/stream", null);
                var listener = Listening.to(small, "/stream?recebedor_id=rcb-stop", null)) {
            var refused = door.send("GET", "/stream?recebedor_id=rcb-m", BodyPublishers.noBody())
                    .get();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            held.close();
            Awaitility.await().until(brief::isOver);
            Awaitility.await().until(() -> small.metric("pedidos_listeners") == 1);

            var waiting = door.sendJson(
                    "POST", "/pedidos", Client.simulado("stopped", "rcb-stop", "{}"), "Prefer", "wait=30");
            Awaitility.await().until(() -> small.metric("pedidos_waiting_for_end") == 1);
            assertThat(small.stop()).isLessThan(Duration.ofSeconds(20));
            assertThat(waiting.get().statusCode()).isEqualTo(202);
            Awaitility.await().until(listener::isOver);
        }
    }
}
