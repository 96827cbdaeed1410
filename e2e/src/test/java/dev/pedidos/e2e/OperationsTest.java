package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events of operations, from POST /operations to the states that they give. */
class OperationsTest {
    private static final String CREATED = "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1000}";
    private static final String STARTED = "\"event_type\":\"STARTED\",\"payload\":{}";
    private static final String ADJUSTED =
            "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":-250,\"referencia\":\"nota 7\"}";
    private static final String COMPLETED = "\"event_type\":\"COMPLETED\",\"payload\":{}";
    private static final String REJECTED = "\"event_type\":\"REJECTED\",\"payload\":{\"motivo\":\"sem saldo\"}";

    private static TestSystem system;
    private static TcpProxy database;
    private static TcpProxy broker;
    private static Http http;
    private static Client client;
    private static Operator operator;
    private static Amqp amqp;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("operations", Map.of());
        database = new TcpProxy(system.stores().databaseUrl());
        broker = new TcpProxy(system.stores().amqpUri());
        var api = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()));
        http = new Http(api);
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
        client.awaitLedgerPath();
        amqp = new Amqp(system.stores());
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .filteredOn(verdict -> !verdict.holds())
                    .isEmpty();
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .extracting(Verdict::law)
                    .contains("operations-follow-from-their-events");
        } finally {
            amqp.close();
            system.close();
            database.close();
            broker.close();
        }
    }

    @Test
    void anEventIsKeptUnderItsAddressAndTheSameOneAgainIsTheSame() throws Exception {
        var first = post("answers", CREATED);
        var again = post("answers", CREATED + ",\"occurred_at\":\"2026-01-01T03:00:00+03:00\"");
        var third = post("answers", "\"payload\": { \"valor_centavos\" : 1000 }, \"event_type\":\"CREATED\"");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Location")).hasValue("/operations/answers");
        var body = Http.tree(first);
        assertThat(body.propertyNames()).containsExactly("external_id", "event_type", "payload_hash", "links");
        assertThat(body.at("/links/events").asString()).isEqualTo("/operations/answers/events");
        for (var replay : List.of(again, third)) {
            assertThat(replay.statusCode()).isEqualTo(200);
            assertThat(replay.headers().firstValue("Idempotent-Replayed")).hasValue("true");
            assertThat(replay.body()).isEqualTo(first.body());
        }
        await("answers", "PENDING", 1, 1000L);
        assertThat(system.count("select count(*) from operation_events where external_id = 'operacao/answers'"))
                .isEqualTo(1);
        assertThat(client.get("/operations/answers").body().propertyNames())
                .containsExactly(
                        "external_id",
                        "recebedor_id",
                        "status",
                        "version",
                        "valor_centavos",
                        "motivo",
                        "criado_em",
                        "atualizado_em",
                        "links");
        var event = events("answers").getFirst();
        assertThat(event.propertyNames())
                .containsExactly(
                        "event_type", "payload", "payload_hash", "occurred_at", "recebido_em", "estado", "motivo");
        assertThat(event.path("payload_hash")).isEqualTo(body.path("payload_hash"));
        assertThat(event.path("occurred_at")).isEqualTo(event.path("recebido_em"));
    }

    @Test
    void fourEventsInAll24OrdersGiveTheSameEndState() throws Exception {
        List<List<String>> orders =
                orders(List.of(CREATED, STARTED, ADJUSTED, COMPLETED)).toList();
        for (int i = 0; i < orders.size(); i++) {
            for (String event : orders.get(i)) {
                assertThat(post("order-" + i, event).statusCode()).isEqualTo(202);
            }
        }
        for (int i = 0; i < orders.size(); i++) {
            boolean inTime = !orders.get(i).getLast().equals(ADJUSTED);
            await("order-" + i, "COMPLETED", inTime ? 4 : 3, inTime ? 750L : 1000L);
            awaitEstado("order-" + i, "ADJUSTED", inTime ? "APPLIED" : "REFUSED", inTime ? "" : "ESTADO_FINAL");
        }
    }

    @Test
    void anEventWaitsUntilItsPredecessorHasComeAndOneAfterTheEndIsRefused() throws Exception {
        post("waits", REJECTED);
        assertThat(client.get("/operations/waits").body().path("status").isNull())
                .isTrue();
        awaitEstado("waits", "REJECTED", "WAITING", "");
        assertThat(client.get("/operations/waits").number("version")).isZero();
        post("waits", CREATED);
        await("waits", "REJECTED", 2, 1000L);
        post("waits", STARTED);
        post("waits", COMPLETED);
        post("waits", COMPLETED.replace("{}", "{\"extra\":{\"a\":1}}"));
        post("waits", CREATED.replace("1000", "1001"));
        awaitEstado("waits", "STARTED", "REFUSED", "ESTADO_FINAL");
        Awaitility.await()
                .until(() ->
                        estados("waits").filter("REFUSED ESTADO_FINAL"::equals).count() == 4);

        assertThat(client.get("/operations/waits").text("motivo")).isEqualTo("sem saldo");
        assertThat(client.get("/operations/waits").number("version")).isEqualTo(2);
        assertThat(client.get("/operations/nobody").status()).isEqualTo(404);
        assertThat(client.get("/operations/nobody/events").status()).isEqualTo(404);
    }

    @Test
    void whatWouldTakeTheAmountBelowZeroOrBeyondItsBoundIsRefusedAndTheOperationGoesOn() throws Exception {
        post("bounds", CREATED.replace("1000", "9223372036854775807"));
        post("bounds", ADJUSTED.replace("-250", "1"));
        post("bounds", ADJUSTED.replace("-250", "-9223372036854775807"));
        post("bounds", ADJUSTED.replace("-250", "-1"));
        post("bounds", STARTED);
        await("bounds", "PROCESSING", 3, 0L);

        assertThat(estados("bounds"))
                .containsExactly(
                        "APPLIED ", "REFUSED VALOR_EXCESSIVO", "APPLIED ", "REFUSED VALOR_NEGATIVO", "APPLIED ");
    }

    @Test
    void anOperationBelongsToOneReceiver() throws Exception {
        post("belongs", CREATED + ",\"recebedor_id\":\"rcb-1\"");
        for (String other : List.of(STARTED, CREATED)) {
            var refused = post("belongs", other + ",\"recebedor_id\":\"rcb-2\"");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Http.tree(refused).at("/errors/0/field").asString()).isEqualTo("recebedor_id");
        }
        assertThat(post("belongs", STARTED).statusCode()).isEqualTo(422);
        await("belongs", "PENDING", 1, 1000L);
        assertThat(client.get("/operations/belongs").text("recebedor_id")).isEqualTo("rcb-1");
    }

    @Test
    void faultyFieldsAreNamedAndPedidosOfThisTipoHaveTheirOwnAddress() throws Exception {
        var faulty = post("x y", "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":\"5\"}");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(Http.tree(faulty).path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("external_id", "payload.valor_centavos");
        var pedido = http.json("POST", "/pedidos", "{\"tipo\":\"operacao\",\"recebedor_id\":\"r\",\"origem\":\"api\"}");
        assertThat(pedido.statusCode()).isEqualTo(422);
        assertThat(Http.tree(pedido).at("/errors/0/message").asString()).contains("POST /operations");
        assertThat(client.get("/operations?status=RETRYING").status()).isEqualTo(422);
        assertThat(client.get("/operations?tipo=operacao").status()).isEqualTo(422);
    }

    @Test
    void aMessageOfThisTipoThatIsNoEventIsADeadLetterAndAForgedOneChangesNothing() throws Exception {
        String queue = amqp.names().openQueue();
        String forged =
                "{\"pedido_id\":\"forged\",\"tipo\":\"operacao\",\"recebedor_id\":\"forged\",\"origem\":\"api\","
                        + "\"dados\":{\"external_id\":\"forged\"," + CREATED + ",\"payload_hash\":\"00\"}}";
        amqp.publish(queue, forged);
        var letter = amqp.take(amqp.names().deadLetterQueue());

        assertThat(Amqp.header(letter, "motivo")).isEqualTo("MENSAGEM_INVALIDA");
        assertThat(Amqp.header(letter, "erro_mensagem")).contains("dados.payload_hash", "pedido_id");
        assertThat(client.get("/operations/forged").status()).isEqualTo(404);
    }

    @Test
    void aDeadLetterThatIsMovedBackIsAppliedAndWhatWaitedForItToo() throws Exception {
        system.alter("alter table operation_outcomes add constraint broken check (external_id <> 'broken'"
                + " or event_type <> 'CREATED')");
        post("broken", CREATED);
        var letter = amqp.take(amqp.names().deadLetterQueue());
        assertThat(letter.getProps().getMessageId()).startsWith("operacao:");
        post("broken", STARTED);
        awaitEstado("broken", "STARTED", "WAITING", "");
        system.alter("alter table operation_outcomes drop constraint broken");
        amqp.move(letter, amqp.names().openQueue());

        await("broken", "PROCESSING", 2, 1000L);
        assertThat(estados("broken")).containsExactly("APPLIED ", "APPLIED ");
    }

    @Test
    void anEventThatAnOlderApiInsertedOpensItsOperation() throws Exception {
        var event = OperationReader.read(
                RootLocale.format("{\"external_id\":\"older\",%s}", CREATED).getBytes(StandardCharsets.UTF_8));
        Pedido pedido = event.pedido();
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, relay_at)"
                                + " values (?, 1, ?, ?, ?, ?::jsonb, ?, now())",
                        pedido.pedidoId(),
                        pedido.tipo(),
                        pedido.recebedorId(),
                        pedido.origem(),
                        PedidoCodec.writePayload(pedido),
                        PayloadHash.of(pedido)));
        system.alter(
                "insert into operation_events (external_id, event_type, payload, payload_hash)"
                        + " select pedido_id, 'ACCEPTED', jsonb_build_object('ciclo', 0), '' from pedidos where recebedor_id = 'older'");

        await("older", "PENDING", 1, 1000L);
        assertThat(estados("older")).containsExactly("APPLIED ");
    }

    @Test
    void aPageOfTheListGoesOnWhereTheOneBeforeEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            post("list-" + i, CREATED + ",\"recebedor_id\":\"rcb-list\"");
        }
        for (int i = 0; i < 5; i++) {
            await("list-" + i, "PENDING", 1, 1000L);
        }
        post("list-5", STARTED + ",\"recebedor_id\":\"rcb-list\"");
        post("list-1", STARTED + ",\"recebedor_id\":\"rcb-list\"");
        await("list-1", "PROCESSING", 2, 1000L);

        assertThat(operator.all("/operations?recebedor_id=rcb-list&limit=2", "operations", "external_id"))
                .containsExactly("list-5", "list-4", "list-3", "list-2", "list-1", "list-0");
        assertThat(operator.all("/operations?recebedor_id=rcb-list&status=PENDING", "operations", "external_id"))
                .containsExactly("list-4", "list-3", "list-2", "list-0");
        assertThat(operator.all("/operations?limit=3", "operations", "external_id"))
                .contains("list-0", "list-5");
        assertThat(operator.all("/operations/list-1/events?limit=1", "events", "event_type"))
                .containsExactly("CREATED", "STARTED");
    }

    @Test
    void with202WhileEitherStoreIsDownEveryEventIsApplied() throws Exception {
        broker.cutOff();
        awaitReadiness("DEGRADED");
        assertThat(post("broker-down", COMPLETED).statusCode()).isEqualTo(202);
        assertThat(post("broker-down", CREATED).statusCode()).isEqualTo(202);
        broker.heal();
        awaitReadiness("READY");
        client.awaitLedgerPath();
        database.cutOff();
        awaitReadiness("DEGRADED");
        assertThat(post("database-down", STARTED).statusCode()).isEqualTo(202);
        assertThat(post("database-down", STARTED).statusCode()).isEqualTo(202);
        assertThat(post("database-down", CREATED).statusCode()).isEqualTo(202);
        assertThat(post("database-down", ADJUSTED + ",\"recebedor_id\":\"other\"")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post("broker-down", STARTED).statusCode()).isEqualTo(202);
        database.heal();
        system.passTimeForConfirms();
        await("database-down", "PROCESSING", 2, 1000L);
        awaitEstado("database-down", "ADJUSTED", "REFUSED", "RECEBEDOR_DIFERENTE");
        await("broker-down", "COMPLETED", 3, 1000L);
        client.awaitLedgerPath();

        var known = post("database-down", ADJUSTED + ",\"recebedor_id\":\"other\"");
        assertThat(known.statusCode()).as("it was accepted before").isEqualTo(200);
    }

    @Test
    void anEventAsDeepAsABodyMayBeIsApplied() throws Exception {
        post("deep", CREATED);
        String extra = "{\"a\":" + "[".repeat(29) + "]".repeat(29) + "}";
        String started = "\"event_type\":\"STARTED\",\"payload\":{\"extra\":%s}";

        assertThat(post("deep", RootLocale.format(started, "{\"a\":[" + extra + "]}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("deep", RootLocale.format(started, extra)).statusCode()).isEqualTo(202);
        await("deep", "PROCESSING", 2, 1000L);
    }

    private static HttpResponse<String> post(String externalId, String rest) throws Exception {
        return http.json("POST", "/operations", RootLocale.format("{\"external_id\":\"%s\",%s}", externalId, rest));
    }

    private static void await(String externalId, String status, long version, long valor) {
        Awaitility.await(externalId).untilAsserted(() -> {
            var operation = client.get("/operations/" + externalId);
            assertThat(operation.text("status")).isEqualTo(status);
            assertThat(operation.number("version")).isEqualTo(version);
            assertThat(operation.number("valor_centavos")).isEqualTo(valor);
        });
    }

    private static void awaitEstado(String externalId, String type, String estado, String motivo) {
        Awaitility.await(externalId + " " + type)
                .untilAsserted(() -> assertThat(events(externalId))
                        .filteredOn(event -> event.path("event_type").asString().equals(type))
                        .extracting(
                                event -> event.path("estado").asString(),
                                event -> event.path("motivo").asString(""))
                        .containsExactly(tuple(estado, motivo)));
    }

    /** In the order received, as "estado motivo". */
    private static Stream<String> estados(String externalId) throws Exception {
        return events(externalId).stream()
                .map(event -> event.path("estado").asString() + " "
                        + event.path("motivo").asString(""));
    }

    private static List<JsonNode> events(String externalId) throws Exception {
        return StreamSupport.stream(
                        client.get("/operations/" + externalId + "/events")
                                .body()
                                .path("events")
                                .spliterator(),
                        false)
                .toList();
    }

    private static void awaitReadiness(String status) {
        Awaitility.await(status)
                .until(() -> client.get("/readyz").text("status").equals(status));
    }

    private static Stream<List<String>> orders(List<String> events) {
        if (events.isEmpty()) {
            return Stream.of(List.of());
        }
        return events.stream().flatMap(first -> {
            List<String> rest = new ArrayList<>(events);
            rest.remove(first);
            return orders(rest)
                    .map(order ->
                            Stream.concat(Stream.of(first), order.stream()).toList());
        });
    }
}
