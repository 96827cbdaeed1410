package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AcceptanceTest {

    private static TestSystem system;
    private static Http one;
    private static Http other;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("acceptance", Map.of());
        one = new Http(system.apiByLedger());
        other = new Http(system.apiByLedger());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theNewestPlaceOfAReceiverIsFoundAtOnceHoweverManyPedidosItHas() {
        manyPedidos("of-many");
        assertThat(blocksOf("select max(u.ordem) from pedidos u where u.recebedor_id || '' = 'of-many'"))
                .isLessThan(20);
    }

    /** A client that repeats a POST, and messages that are redelivered, are answered with the row that is there. */
    @Test
    void whatWasAcceptedBeforeIsFoundAtOnceHoweverManyPedidosThereAre() {
        manyPedidos("repeated");
        String repeated = "array(select 'repeated-' || n from generate_series(1, 10) n)::text[]";
        String hashes = "array(select ''::bytea from generate_series(1, 10))";
        assertThat(blocksOf(Sql.named("accepted_before")
                        .replace("?::text[]", repeated)
                        .replace("?::bytea[]", hashes)))
                .isLessThan(500);
        assertThat(blocksOf(Sql.named("pedido_answers")
                        .replace(":pedido_ids::text[]", repeated)
                        .replace(":status", "'COMPLETED'")))
                .isLessThan(500);
    }

    private static void manyPedidos(String recebedor) {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash)"
                + " select '" + recebedor + "-' || n, n, 'pedido', '" + recebedor + "', 'web', 'COMPLETED', '{}', ''"
                + " from generate_series(1, 20000) n");
        system.alter("analyze pedidos");
    }

    /** The root of the plan counts those of its parts too, and what planning reads comes last. */
    private static int blocksOf(String select) {
        String plan = system.text("explain (analyze, buffers, format json) " + select);
        var blocks = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)").matcher(plan);
        return blocks.results()
                .limit(2)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    @Test
    void aNewPedidoIsAnsweredWith202AndIsInTheLedgerAndInItsShard() throws Exception {
        HttpResponse<String> response = one.json("POST", "/pedidos", Client.pedido("new-1", "rcb", "A:2"));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).contains("/pedidos/new-1");
        assertThat(response.body())
                .isEqualTo("{\"pedido_id\":\"new-1\",\"status\":\"PENDING\",\"links\":"
                        + "{\"self\":\"/pedidos/new-1\",\"events\":\"/pedidos/new-1/events\"}}");
        JsonNode pedido = other.get("/pedidos/new-1");
        assertThat(pedido.propertyNames())
                .containsExactlyInAnyOrder(
                        "pedido_id",
                        "tipo",
                        "recebedor_id",
                        "origem",
                        "status",
                        "tentativas",
                        "motivo",
                        "itens",
                        "dados",
                        "aceito_em",
                        "atualizado_em",
                        "proxima_tentativa_em",
                        "resultado",
                        "links");
        assertThat(pedido.path("aceito_em").asString(""))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(other.get("/pedidos/new-1/events").at("/events/0/event_type").asString(""))
                .isEqualTo("ACCEPTED");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'new-1' and published", 1);
    }

    @Test
    void ofOneReceiverWhatIsSentAfterAnAnswerHasALaterPlace() throws Exception {
        for (int i = 0; i < 200; i++) {
            Http through = i % 2 == 0 ? one : other;
            assertThat(through.json(
                                    "POST",
                                    "/pedidos",
                                    Client.pedido(RootLocale.format("turn-%03d", i), "rcb-turn", "A:1"))
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(system.count(
                        "select count(*) from (select pedido_id, lag(pedido_id) over (order by ordem, pedido_id) as"
                                + " before from pedidos where recebedor_id = 'rcb-turn') o where before > pedido_id"))
                .isZero();
    }

    @Test
    void aListIsPagedNewestFirstWithoutGapsOrRepeats() throws Exception {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            sent.addFirst("page-" + i);
            one.json("POST", "/pedidos", Client.pedido("page-" + i, "rcb-page", "A:1"));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = other.get("/pedidos?recebedor_id=rcb-page&status=PENDING&tipo=pedido&limit=7" + next);
            page.path("pedidos")
                    .forEach(pedido -> seen.add(pedido.path("pedido_id").asString("")));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString("");
        } while (!next.isEmpty());
        assertThat(seen).isEqualTo(sent);
    }

    @Test
    void stockIsSetAllOrNothingAndEveryChangeIsOnTheRecord() throws Exception {
        assertThat(one.json("PUT", "/estoque/s-1", "{\"disponivel\":5}").body()).contains("\"disponivel\":5");
        one.json("PUT", "/estoque/s-1", "{\"disponivel\":5}");
        assertThat(one.json(
                                "PUT",
                                "/estoque",
                                "[{\"sku\":\"s-1\",\"disponivel\":3},{\"sku\":\"s-2\",\"disponivel\":9}]")
                        .body())
                .isEqualTo("{\"gravados\":2}");
        HttpResponse<String> faulty =
                one.json("PUT", "/estoque", "[{\"sku\":\"s-3\",\"disponivel\":1},{\"sku\":\"s-3\",\"disponivel\":-1}]");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body()).contains("[1].disponivel", "[1].sku");
        assertThat(other.get("/estoque/s-1").path("disponivel").asInt()).isEqualTo(3);
        assertThat(other.get("/estoque/s-3").path("status").asInt()).isEqualTo(404);
        assertThat(system.count("select count(*) from operation_events where external_id = 'estoque:s-1'"))
                .isEqualTo(3);
        assertThat(system.count(
                        "select sum((payload->>'delta')::int) from operation_events where external_id = 'estoque:s-1'"))
                .isEqualTo(3);
    }

    @Test
    void aKilledApiLosesNo202AndAnotherOnePublishesWhatItLeft() throws Exception {
        TestProgram victim = system.api();
        Set<String> accepted = underLoad("killed", victim, victim::kill);
        awaitAllInLedger("killed", accepted);
        system.passTimeForConfirms();
        system.awaitCount("select count(*) from pedidos where pedido_id like 'killed-%' and not published", 0);
    }

    @Test
    void aStoppedApiAnswersItsCurrentRequestsAndLosesNo202() throws Exception {
        TestProgram stopped = system.api();
        Set<String> accepted = underLoad("stopped", stopped, stopped::drain);
        awaitAllInLedger("stopped", accepted);
        assertThat(stopped.log()).doesNotContain("ERROR");
    }

    private interface Ending {
        void run() throws Exception;
    }

    /** Ids that were answered 202 by a program that has ended since. */
    private static Set<String> underLoad(String prefix, TestProgram program, Ending ending) throws Exception {
        Http http = new Http(program);
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            String id = prefix + "-" + i;
            answers.add(post(http, Client.pedido(id, "rcb-" + i % 50, "A:1")).handle((response, failure) -> {
                if (response != null && response.statusCode() == 202) {
                    accepted.add(id);
                }
                return null;
            }));
            if (i == 1_000) {
                CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                        .get();
            }
        }
        ending.run();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
        assertThat(accepted).isNotEmpty();
        return accepted;
    }

    private static void awaitAllInLedger(String prefix, Set<String> accepted) {
        Awaitility.await("those that waited too long for the ledger, and were accepted by the broker, are inserted as"
                        + " well")
                .untilAsserted(() -> assertThat(inserted(prefix)).containsAll(accepted));
    }

    private static Set<String> inserted(String prefix) {
        return new HashSet<>(system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select pedido_id from pedidos where pedido_id like :prefix")
                        .bind("prefix", prefix + "-%")
                        .mapTo(String.class)
                        .list()));
    }

    private static CompletableFuture<HttpResponse<String>> post(Http http, String body) {
        return http.sendJson("POST", "/pedidos", body);
    }
}
