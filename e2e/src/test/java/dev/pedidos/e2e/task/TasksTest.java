package dev.pedidos.e2e.task;

import static dev.pedidos.e2e.task.BatchClient.accepted;
import static dev.pedidos.e2e.task.BatchClient.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.call.CallLedger;
import dev.pedidos.shared.ledger.call.CallRecord;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tasks: from an accepted batch to the end of its last item. */
class TasksTest {
    private static TestSystem system;
    private static TcpProxy broker;
    private static Http http;
    private static Client client;
    private static BatchClient batches;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("tasks", Map.of());
        broker = new TcpProxy(system.stores().amqpUri());
        var api = system.api(Map.of("AMQP_URI", broker.uri()));
        http = new Http(api);
        client = new Client(api);
        batches = new BatchClient(api);
        system.worker();
        client.awaitLedgerPath();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try {
            Judging.assertEveryLawHolds(system, "a-task-has-its-items");
        } finally {
            system.close();
            broker.close();
        }
    }

    @Test
    void everyItemOfABatchIsAPedidoAndTheTaskEndsWithTheLast() throws Exception {
        var answer = batches.post(items(500));
        assertThat(answer.statusCode()).isEqualTo(202);
        var body = Http.tree(answer);
        assertThat(body.propertyNames()).containsExactly("task_id", "status", "total", "links");
        assertThat(body.path("total").longValue()).isEqualTo(500);
        String id = body.path("task_id").stringValue();
        assertThat(answer.headers().firstValue("Location")).hasValue("/tasks/" + id);

        var task = batches.await(id, "SUCCESS");

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
        String id = accepted(batches.post(items(120)));
        batches.await(id, "SUCCESS");

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
        String id = accepted(batches.post(items(2)));
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

    @Test
    void withoutTheBrokerABatchIsAcceptedAndADeadLetterMakesItsTaskFail() throws Exception {
        brokerAway();
        String id = accepted(batches.post(items(3)));
        assertThat(http.get("/tasks/" + id).path("status").stringValue()).isEqualTo("PENDING");
        spoil(id + ":2");
        brokerBack();

        var task = batches.await(id, "FAILURE");

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
        batches.await(id, "SUCCESS");
    }

    @Test
    void aCancelledTaskEndsItsUnfinishedItems() throws Exception {
        brokerAway();
        String id = accepted(batches.post(items(20)));

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

    private static CallRecord call(String dependencia, String pedidoId, String resultado, @Nullable String erro) {
        return new CallRecord(dependencia, pedidoId, resultado, Duration.ofMillis(7), System.nanoTime(), erro);
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
}
