package dev.pedidos.e2e.operation;

import static dev.pedidos.e2e.operation.OperationsClient.ADJUSTED;
import static dev.pedidos.e2e.operation.OperationsClient.COMPLETED;
import static dev.pedidos.e2e.operation.OperationsClient.CREATED;
import static dev.pedidos.e2e.operation.OperationsClient.REJECTED;
import static dev.pedidos.e2e.operation.OperationsClient.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events of operations, from POST /operations to the states that they give. */
class OperationsTest {
    private static TestSystem system;
    private static Http http;
    private static Client client;
    private static Operator operator;
    private static OperationsClient operations;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("operations", Map.of());
        var api = system.apiByLedger();
        http = new Http(api);
        client = new Client(api);
        operator = new Operator(system, api);
        operations = new OperationsClient(api);
        system.worker();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try {
            Judging.assertEveryLawHolds(system, OperationsLaw.NAME);
        } finally {
            system.close();
        }
    }

    @Test
    void anEventIsKeptUnderItsAddressAndTheSameOneAgainIsTheSame() throws Exception {
        var first = operations.post("answers", CREATED);
        var again = operations.post("answers", CREATED + ",\"occurred_at\":\"2026-01-01T03:00:00+03:00\"");
        var third =
                operations.post("answers", "\"payload\": { \"valor_centavos\" : 1000 }, \"event_type\":\"CREATED\"");

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
        operations.await("answers", "PENDING", 1, 1000L);
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
        var event = operations.events("answers").getFirst();
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
                assertThat(operations.post("order-" + i, event).statusCode()).isEqualTo(202);
            }
        }
        for (int i = 0; i < orders.size(); i++) {
            boolean inTime = !orders.get(i).getLast().equals(ADJUSTED);
            operations.await("order-" + i, "COMPLETED", inTime ? 4 : 3, inTime ? 750L : 1000L);
            operations.awaitEstado(
                    "order-" + i, "ADJUSTED", inTime ? "APPLIED" : "REFUSED", inTime ? "" : "ESTADO_FINAL");
        }
    }

    @Test
    void anEventWaitsUntilItsPredecessorHasComeAndOneAfterTheEndIsRefused() throws Exception {
        operations.post("waits", REJECTED);
        assertThat(client.get("/operations/waits").body().path("status").isNull())
                .isTrue();
        operations.awaitEstado("waits", "REJECTED", "WAITING", "");
        assertThat(client.get("/operations/waits").number("version")).isZero();
        operations.post("waits", CREATED);
        operations.await("waits", "REJECTED", 2, 1000L);
        operations.post("waits", STARTED);
        operations.post("waits", COMPLETED);
        operations.post("waits", COMPLETED.replace("{}", "{\"extra\":{\"a\":1}}"));
        operations.post("waits", CREATED.replace("1000", "1001"));
        operations.awaitEstado("waits", "STARTED", "REFUSED", "ESTADO_FINAL");
        Awaitility.await()
                .until(() -> operations
                                .estados("waits")
                                .filter("REFUSED ESTADO_FINAL"::equals)
                                .count()
                        == 4);

        assertThat(client.get("/operations/waits").text("motivo")).isEqualTo("sem saldo");
        assertThat(client.get("/operations/waits").number("version")).isEqualTo(2);
        assertThat(client.get("/operations/nobody").status()).isEqualTo(404);
        assertThat(client.get("/operations/nobody/events").status()).isEqualTo(404);
    }

    @Test
    void whatWouldTakeTheAmountBelowZeroOrBeyondItsBoundIsRefusedAndTheOperationGoesOn() throws Exception {
        operations.post("bounds", CREATED.replace("1000", "9223372036854775807"));
        operations.post("bounds", ADJUSTED.replace("-250", "1"));
        operations.post("bounds", ADJUSTED.replace("-250", "-9223372036854775807"));
        operations.post("bounds", ADJUSTED.replace("-250", "-1"));
        operations.post("bounds", STARTED);
        operations.await("bounds", "PROCESSING", 3, 0L);

        assertThat(operations.estados("bounds"))
                .containsExactly(
                        "APPLIED ", "REFUSED VALOR_EXCESSIVO", "APPLIED ", "REFUSED VALOR_NEGATIVO", "APPLIED ");
    }

    @Test
    void anOperationBelongsToOneReceiver() throws Exception {
        operations.post("belongs", CREATED + ",\"recebedor_id\":\"rcb-1\"");
        for (String other : List.of(STARTED, CREATED)) {
            var refused = operations.post("belongs", other + ",\"recebedor_id\":\"rcb-2\"");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Http.tree(refused).at("/errors/0/field").asString()).isEqualTo("recebedor_id");
        }
        assertThat(operations.post("belongs", STARTED).statusCode()).isEqualTo(422);
        operations.await("belongs", "PENDING", 1, 1000L);
        assertThat(client.get("/operations/belongs").text("recebedor_id")).isEqualTo("rcb-1");
    }

    @Test
    void faultyFieldsAreNamedAndPedidosOfThisTipoHaveTheirOwnAddress() throws Exception {
        var faulty = operations.post("x y", "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":\"5\"}");
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
    void aPageOfTheListGoesOnWhereTheOneBeforeEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            operations.post("list-" + i, CREATED + ",\"recebedor_id\":\"rcb-list\"");
        }
        for (int i = 0; i < 5; i++) {
            operations.await("list-" + i, "PENDING", 1, 1000L);
        }
        operations.post("list-5", STARTED + ",\"recebedor_id\":\"rcb-list\"");
        operations.post("list-1", STARTED + ",\"recebedor_id\":\"rcb-list\"");
        operations.await("list-1", "PROCESSING", 2, 1000L);

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
    void anEventAsDeepAsABodyMayBeIsApplied() throws Exception {
        operations.post("deep", CREATED);
        String extra = "{\"a\":" + "[".repeat(29) + "]".repeat(29) + "}";
        String started = "\"event_type\":\"STARTED\",\"payload\":{\"extra\":%s}";

        assertThat(operations
                        .post("deep", RootLocale.format(started, "{\"a\":[" + extra + "]}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(operations.post("deep", RootLocale.format(started, extra)).statusCode())
                .isEqualTo(202);
        operations.await("deep", "PROCESSING", 2, 1000L);
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
