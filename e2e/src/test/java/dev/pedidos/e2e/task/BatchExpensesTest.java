package dev.pedidos.e2e.task;

import static dev.pedidos.e2e.task.BatchClient.accepted;
import static dev.pedidos.e2e.task.BatchClient.items;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What POST /batch-expenses takes: a whole batch or nothing of it, and each batch once. */
class BatchExpensesTest {
    private static TestSystem system;
    private static TcpProxy database;
    private static Client client;
    private static BatchClient batches;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("batches", Map.of());
        database = new TcpProxy(system.stores().databaseUrl());
        var api = system.api(Map.of("DATABASE_URL", database.uri()));
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
            database.close();
        }
    }

    @Test
    void aFaultyItemIsNamedAndNothingIsAccepted() throws Exception {
        long before = system.count("select count(*) from pedidos");
        String batch = items(20).replace("\"valor_centavos\":13,", "\"valor_centavos\":\"13\",");

        var answer = batches.post(batch.replaceFirst("12.ABC.345/01DE-35", "12.ABC.345/01DE-36"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Http.tree(answer).at("/errors/0/field").stringValue()).isEqualTo("itens[0].cnpj");
        assertThat(Http.tree(answer).at("/errors/1/field").stringValue()).isEqualTo("itens[12].valor_centavos");
        assertThat(answer.body()).doesNotContain("01DE");
        for (String faulty : List.of("{}", "{\"itens\":[]}", "{\"itens\":{}}", items(10_001), "[]")) {
            assertThat(batches.post(faulty).statusCode())
                    .as(faulty.substring(0, 2))
                    .isEqualTo(422);
        }
        assertThat(batches.post("{").statusCode()).isEqualTo(400);
        assertThat(batches.post(" ".repeat(5_000_000)).statusCode()).isEqualTo(413);
        assertThat(batches.post(items(1), "with space").statusCode()).isEqualTo(422);
        assertThat(system.count("select count(*) from pedidos")).isEqualTo(before);
    }

    @Test
    void theSameKeyIsTheSameTask() throws Exception {
        var first = batches.post(items(3), "\"batch-1\"");
        String id = accepted(first);

        var again = batches.post(items(3).replace("12.ABC.345/01DE-35", "12ABC34501DE35"), "batch-1");
        var other = batches.post(items(4), "batch-1");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(Http.tree(again).path("task_id").stringValue()).isEqualTo(id);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
        assertThat(system.count("select count(*) from pedidos where pedido_id like '" + id + ":%'"))
                .isEqualTo(3);
    }

    @Test
    void withoutAKeyTheSameBatchAgainIsAnotherTask() throws Exception {
        String first = accepted(batches.postWithoutKey(items(2)));
        String second = accepted(batches.postWithoutKey(items(2)));

        assertThat(second).isNotEqualTo(first);
        batches.await(first, "SUCCESS");
        batches.await(second, "SUCCESS");
    }

    @Test
    void anItemWhoseIdIsTakenTakesItsBatchAlong() throws Exception {
        String id = accepted(batches.post(items(1), "taken"));
        batches.await(id, "SUCCESS");
        system.awaitCount("select count(*) from task_changes", 0);
        system.alter("delete from tasks where task_id = '" + id + "'");

        var answer = batches.post(items(3), "taken");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Http.tree(answer).path("type").stringValue()).isEqualTo("/problems/pedido-conflict");
        assertThat(Http.tree(answer).path("detail").stringValue()).contains("a pedido " + id + ":1 already");
        assertThat(client.get("/tasks/" + id).status()).isEqualTo(404);
        assertThat(system.count("select count(*) from pedidos where pedido_id like '" + id + ":%'"))
                .isEqualTo(1);

        String other = items(1).replaceAll("\"valor_centavos\":[0-9]+", "\"valor_centavos\":987654321");
        assertThat(batches.post(other, "taken").statusCode()).isEqualTo(409);
        assertThat(system.count(
                        "select count(*) from operation_events where event_type = 'CONFLICT' and external_id = '" + id
                                + ":1'"))
                .isEqualTo(1);
    }

    /** One item a minute. */
    @Test
    void theEndIsExpectedByTheItemsThatEndedAfterTheFirst() throws Exception {
        system.alter("insert into tasks (task_id, ordem, content_hash, total)"
                + " values ('begun', 1, '', 100), ('slow', 2, '', 100)");
        system.alter("insert into task_changes (task_id, feitos, falhos, adiados, em)"
                + " values ('begun', 1, 0, 0, now()), ('slow', 1, 0, 0, now() - interval '1 minute'),"
                + " ('slow', 1, 0, 0, now())");

        assertThat(client.get("/tasks/begun").body().path("previsto_em").isNull())
                .isTrue();
        var expected = Instant.parse(client.get("/tasks/slow").text("previsto_em"));
        assertThat(Duration.between(Instant.now(), expected))
                .isBetween(Duration.ofMinutes(97), Duration.ofMinutes(105));
        system.awaitCount("select count(*) from task_changes", 0);
        system.alter("delete from tasks where task_id in ('begun', 'slow')");
    }

    @Test
    void withoutTheDatabaseABatchIsRefusedAndMayBeSentAgain() throws Exception {
        database.cutOff();
        Awaitility.await().until(() -> client.get("/readyz").text("database").equals("DOWN"));

        var refused = batches.postOnce(items(2), "later");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        database.heal();
        Awaitility.await().until(() -> client.get("/readyz").text("database").equals("UP"));
        client.awaitLedgerPath();
        batches.await(accepted(batches.post(items(2), "later")), "SUCCESS");
    }
}
