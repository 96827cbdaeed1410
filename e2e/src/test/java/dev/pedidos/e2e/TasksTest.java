package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.call.CallLedger;
import dev.pedidos.shared.ledger.call.CallRecord;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Batches: from POST /batch-expenses to the end of their tasks. */
class TasksTest {
    private static final List<String> CNPJS =
            List.of("12.ABC.345/01DE-35", "ABCDEFGHIJKL80", "90.021.382/0001-22", "19JA2KO8Z00151");

    private static TestSystem system;
    private static TcpProxy database;
    private static TcpProxy broker;
    private static Http http;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("tasks", Map.of());
        database = new TcpProxy(system.stores().databaseUrl());
        broker = new TcpProxy(system.stores().amqpUri());
        var api = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()));
        http = new Http(api);
        client = new Client(api);
        system.worker();
        client.awaitLedgerPath();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .filteredOn(verdict -> !verdict.holds())
                    .isEmpty();
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .extracting(Verdict::law)
                    .contains("a-task-has-its-items");
        } finally {
            system.close();
            database.close();
            broker.close();
        }
    }

    @Test
    void everyItemOfABatchIsAPedidoAndTheTaskEndsWithTheLast() throws Exception {
        var answer = post(items(500));
        assertThat(answer.statusCode()).isEqualTo(202);
        var body = Http.tree(answer);
        assertThat(body.propertyNames()).containsExactly("task_id", "status", "total", "links");
        assertThat(body.path("total").longValue()).isEqualTo(500);
        String id = body.path("task_id").stringValue();
        assertThat(answer.headers().firstValue("Location")).hasValue("/tasks/" + id);

        var task = await(id, "SUCCESS");

        assertThat(task.propertyNames())
                .containsExactly(
                        "task_id",
                        "status",
                        "total",
                        "feitos",
                        "falhos",
                        "adiados",
                        "percentual",
                        "criado_em",
                        "iniciado_em",
                        "terminado_em",
                        "previsto_em",
                        "links");
        assertThat(task.path("feitos").longValue()).isEqualTo(500);
        assertThat(task.path("percentual").doubleValue()).isEqualTo(100);
        assertThat(task.path("terminado_em").isNull()).isFalse();
        assertThat(task.path("previsto_em").isNull()).isTrue();
        assertThat(client.get("/pedidos/" + id + ":12").text("recebedor_id")).isEqualTo("19JA2KO8Z00151");
        assertThat(system.count("select count(*) from pedidos where tipo = 'despesa' and pedido_id like '" + id
                        + ":%' and status = 'COMPLETED'"))
                .isEqualTo(500);
        // Of one receiver, in the order of the batch.
        assertThat(system.count(
                        "select count(*) from pedidos a join pedidos b using (recebedor_id) where a.pedido_id = '" + id
                                + ":8' and b.pedido_id = '" + id + ":12' and a.ordem < b.ordem"))
                .isEqualTo(1);
        system.awaitCount("select count(*) from task_changes", 0);
        assertThat(client.get("/tasks/" + id).body()).isEqualTo(task);
    }

    @Test
    void itemsComeInPagesAndByState() throws Exception {
        String id = accepted(post(items(120)));
        await(id, "SUCCESS");

        List<Long> numbers = new ArrayList<>();
        String next = "";
        do {
            var page = http.get("/tasks/" + id + "/items?limit=50" + next);
            page.path("items").forEach(item -> numbers.add(item.path("n").longValue()));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").stringValue();
        } while (!next.isEmpty());
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 120).asLongStream().boxed().toList());

        var item = http.get("/tasks/" + id + "/items?status=COMPLETED&limit=1")
                .path("items")
                .get(0);
        assertThat(item)
                .hasToString("{\"n\":1,\"pedido_id\":\"" + id + ":1\",\"cnpj\":\"12ABC34501DE35\",\"status\":"
                        + "\"COMPLETED\",\"motivo\":null,\"resultado\":"
                        + "{\"situacao\":null,\"razao_social\":null,\"consultado_em\":null}}");
        assertThat(http.get("/tasks/" + id + "/items?status=RETRYING")
                        .path("items")
                        .isEmpty())
                .isTrue();
        Awaitility.await("the fold")
                .until(() -> http.get("/tasks?status=SUCCESS&limit=1")
                        .at("/tasks/0/task_id")
                        .stringValue("")
                        .equals(id));
        assertThat(client.get("/tasks/" + id + "/items?status=DONE").status()).isEqualTo(422);
        assertThat(client.get("/tasks?stats=x").status()).isEqualTo(422);
        assertThat(client.get("/tasks/nobody").status()).isEqualTo(404);
        assertThat(client.get("/tasks/nobody/items").status()).isEqualTo(404);
        assertThat(http.json("POST", "/tasks/nobody/cancel", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void theCallsOfATaskAreListedNewestFirst() throws Exception {
        String id = accepted(post(items(2)));
        var calls = new CallLedger(system.ledger());
        calls.insert(List.of(
                call("cnpj", id + ":1", "OK", null),
                call("cnpj", id + ":3", "OK", null),
                call("erp", id + ":2", "FALHA", "TransientFailure: it answered 500"),
                call("cnpj", id + ":2", "OK", null)));

        var first = http.get("/audit?dependencia=cnpj&task_id=" + id + "&limit=1");
        assertThat(first.at("/chamadas/0").propertyNames())
                .containsExactly(
                        "dependencia", "resultado", "duracao_ms", "idade_ms", "pedido_id", "task_id", "erro", "em");
        assertThat(first.at("/chamadas/0/pedido_id").stringValue()).isEqualTo(id + ":2");
        assertThat(first.at("/chamadas/0/duracao_ms").longValue()).isEqualTo(7);
        var second = http.get("/audit?dependencia=cnpj&task_id=" + id + "&limit=1&cursor="
                + first.path("next_cursor").stringValue());
        assertThat(second.at("/chamadas/0/pedido_id").stringValue()).isEqualTo(id + ":1");
        assertThat(second.path("next_cursor").isNull()).isTrue();

        var failed = http.get("/audit?dependencia=erp").at("/chamadas/0");
        assertThat(failed.path("erro").stringValue()).isEqualTo("TransientFailure: it answered 500");
        assertThat(failed.path("idade_ms").isNull()).isTrue();
        // No item of the task: its task has two.
        assertThat(http.get("/audit?limit=3").at("/chamadas/2/task_id").isNull())
                .isTrue();
        assertThat(client.get("/audit?dependencia=a/b").status()).isEqualTo(422);
        assertThat(client.get("/audit?pedido_id=x").status()).isEqualTo(422);
        assertThatThrownBy(() -> system.alter("update chamadas set resultado = 'OK'"))
                .hasMessageContaining("append-only");
    }

    private static CallRecord call(String dependencia, String pedidoId, String resultado, @Nullable String erro) {
        return new CallRecord(dependencia, pedidoId, resultado, Duration.ofMillis(7), System.nanoTime(), erro);
    }

    @Test
    void aFaultyItemIsNamedAndNothingIsAccepted() throws Exception {
        long before = system.count("select count(*) from pedidos");
        String batch = items(20).replace("\"valor_centavos\":13,", "\"valor_centavos\":\"13\",");

        var answer = post(batch.replaceFirst("12.ABC.345/01DE-35", "12.ABC.345/01DE-36"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Http.tree(answer).at("/errors/0/field").stringValue()).isEqualTo("itens[0].cnpj");
        assertThat(Http.tree(answer).at("/errors/1/field").stringValue()).isEqualTo("itens[12].valor_centavos");
        assertThat(answer.body()).doesNotContain("01DE");
        for (String faulty : List.of("{}", "{\"itens\":[]}", "{\"itens\":{}}", items(10_001), "[]")) {
            assertThat(post(faulty).statusCode()).as(faulty.substring(0, 2)).isEqualTo(422);
        }
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post(" ".repeat(5_000_000)).statusCode()).isEqualTo(413);
        assertThat(post(items(1), "Idempotency-Key", "with space").statusCode()).isEqualTo(422);
        assertThat(system.count("select count(*) from pedidos")).isEqualTo(before);
    }

    @Test
    void theSameKeyIsTheSameTask() throws Exception {
        var first = post(items(3), "Idempotency-Key", "\"batch-1\"");
        String id = accepted(first);

        var again = post(items(3).replace("12.ABC.345/01DE-35", "12ABC34501DE35"), "Idempotency-Key", "batch-1");
        var other = post(items(4), "Idempotency-Key", "batch-1");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(Http.tree(again).path("task_id").stringValue()).isEqualTo(id);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
        assertThat(system.count("select count(*) from pedidos where pedido_id like '" + id + ":%'"))
                .isEqualTo(3);
    }

    @Test
    void anItemWhoseIdIsTakenTakesItsBatchAlong() throws Exception {
        String id = accepted(post(items(1), "Idempotency-Key", "taken"));
        await(id, "SUCCESS");
        system.awaitCount("select count(*) from task_changes", 0);
        system.alter("delete from tasks where task_id = '" + id + "'");

        var answer = post(items(3), "Idempotency-Key", "taken");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(client.get("/tasks/" + id).status()).isEqualTo(404);
        assertThat(system.count("select count(*) from pedidos where pedido_id like '" + id + ":%'"))
                .isEqualTo(1);

        String other = items(1).replaceAll("\"valor_centavos\":[0-9]+", "\"valor_centavos\":987654321");
        assertThat(post(other, "Idempotency-Key", "taken").statusCode()).isEqualTo(409);
        assertThat(system.count(
                        "select count(*) from operation_events where event_type = 'CONFLICT' and external_id = '" + id
                                + ":1'"))
                .isEqualTo(1);
    }

    @Test
    void withoutTheBrokerABatchIsAcceptedAndADeadLetterMakesItsTaskFail() throws Exception {
        brokerAway();
        String id = accepted(post(items(3)));
        assertThat(http.get("/tasks/" + id).path("status").stringValue()).isEqualTo("PENDING");
        spoil(id + ":2");
        brokerBack();

        var task = await(id, "FAILURE");

        assertThat(task.path("feitos").longValue()).isEqualTo(2);
        assertThat(task.path("falhos").longValue()).isEqualTo(1);
        assertThat(http.get("/tasks/" + id + "/items?status=DEAD_LETTERED")
                        .at("/items/0/n")
                        .longValue())
                .isEqualTo(2);
        assertThat(http.send("DELETE", "/dlq/" + id + ":2?motivo=spoiled", BodyPublishers.noBody())
                        .get()
                        .statusCode())
                .isEqualTo(200);
        await(id, "SUCCESS");
    }

    @Test
    void aCancelledTaskEndsItsUnfinishedItems() throws Exception {
        brokerAway();
        String id = accepted(post(items(20)));

        var answer = http.json("POST", "/tasks/" + id + "/cancel", "{\"motivo\":\"sent twice\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"task_id\":\"" + id + "\",\"status\":\"REVOKED\"}");
        assertThat(http.json("POST", "/tasks/" + id + "/cancel", "{}").statusCode())
                .isEqualTo(202);
        brokerBack();

        Awaitility.await().until(() -> http.get("/tasks/" + id).path("feitos").longValue() == 20);
        var task = http.get("/tasks/" + id);
        assertThat(task.path("status").stringValue()).isEqualTo("REVOKED");
        assertThat(task.path("terminado_em").isNull()).isFalse();
        assertThat(system.count("select count(*) from pedidos where pedido_id like '" + id
                        + ":%' and status = 'REJECTED' and motivo = 'CANCELADO'"))
                .isEqualTo(20);
        system.awaitCount("select count(*) from pedidos where tipo = 'cancelamento' and status <> 'COMPLETED'", 0);
    }

    @Test
    void withoutTheDatabaseABatchIsRefusedAndMayBeSentAgain() throws Exception {
        database.cutOff();
        Awaitility.await().until(() -> client.get("/readyz").text("database").equals("DOWN"));

        var refused = post(items(2), "Idempotency-Key", "later");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        database.heal();
        Awaitility.await().until(() -> client.get("/readyz").text("database").equals("UP"));
        client.awaitLedgerPath();
        await(accepted(post(items(2), "Idempotency-Key", "later")), "SUCCESS");
    }

    /** As if something else had written it: both doors let only valid expenses in. */
    private static void spoil(String pedidoId) {
        var dados = JsonNodeFactory.instance.objectNode().put("cnpj", "none");
        var pedido = new Pedido(pedidoId, "despesa", "ABCDEFGHIJKL80", "api", List.of(), dados);
        String hash = "'\\x" + HexFormat.of().formatHex(PayloadHash.of(pedido)) + "'";
        system.alter("alter table operation_events disable trigger operation_events_append_only");
        system.alter("update operation_events set conteudo = '{\"dados\":" + dados + "}', payload_hash = " + hash
                + " where event_type = 'ACCEPTED' and external_id = '" + pedidoId + "'");
        system.alter("alter table operation_events enable trigger operation_events_append_only");
        system.alter("update pedidos set payload_hash = " + hash + " where pedido_id = '" + pedidoId + "'");
    }

    private static void brokerAway() {
        broker.cutOff();
        Awaitility.await().until(() -> client.get("/readyz").text("broker").equals("DOWN"));
    }

    private static void brokerBack() {
        broker.heal();
        Awaitility.await().until(() -> client.get("/readyz").text("broker").equals("UP"));
        system.passTimeForConfirms();
    }

    private static JsonNode await(String id, String status) throws Exception {
        Awaitility.await(status)
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        http.get("/tasks/" + id).path("status").stringValue("").equals(status));
        return http.get("/tasks/" + id);
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.tree(answer).path("task_id").stringValue();
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        return http.sendJson("POST", "/batch-expenses", body, headers).get();
    }

    /** Their amounts are 1, 2, 3 ... */
    private static String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RootLocale.format(
                        "{\"cnpj\":\"%s\",\"valor_centavos\":%d,\"descricao\":\"nota %d\"}",
                        CNPJS.get(i % CNPJS.size()), i + 1, i))
                .collect(Collectors.joining(",", "{\"itens\":[", "]}"));
    }
}
