package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances are sent pedidos of one id, one after the other and at the same moment. */
class SameIdTest {

    private static TestSystem system;
    private static List<TestProgram> apis;
    private static Http one;
    private static Http other;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("same-id", Map.of());
        apis = List.of(system.apiByLedger(), system.apiByLedger());
        one = new Http(apis.getFirst());
        other = new Http(apis.getLast());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theSameContentAgainIsAReplayAndOtherContentAConflictOnTheRecord() throws Exception {
        var answers = byLedger(id -> {
            String body = Client.pedido(id, "rcb", "A:2");
            return List.of(
                    one.json("POST", "/pedidos", body),
                    other.json("POST", "/pedidos", body.replace(",", " , ")),
                    other.json("POST", "/pedidos", body.replace("A", "B")),
                    other.json("POST", "/pedidos", body.replace("A", "B")));
        });
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 200, 409, 409);
        String id = Http.tree(answers.getFirst()).path("pedido_id").asString();
        HttpResponse<String> replay = answers.get(1);
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(Http.tree(replay)).isEqualTo(one.get("/pedidos/" + id));
        assertThat(answers.subList(2, 4))
                .allMatch(conflict ->
                        Http.tree(conflict).path("type").asString("").equals("/problems/pedido-conflict"));
        assertThat(system.count(
                        "select count(*) from operation_events where event_type = 'CONFLICT' and external_id = '" + id
                                + "'"))
                .isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyIsTheSamePedidoOnEveryInstance() throws Exception {
        String body = Client.pedido("x", "rcb", "A:2").replace("\"pedido_id\":\"x\",", "");
        var answers = byLedger(key -> List.of(
                one.withKey(key, body),
                other.withKey("\"" + key + "\"", body),
                other.withKey(key, body.replace("A", "B"))));
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 200, 422);
        assertThat(Http.tree(answers.get(1)).path("pedido_id"))
                .isEqualTo(Http.tree(answers.getFirst()).path("pedido_id"));
        assertThat(Http.tree(answers.getLast()).path("type").asString(""))
                .isEqualTo("/problems/idempotency-key-reused");
    }

    private interface Calls {
        List<HttpResponse<String>> make(String id) throws Exception;
    }

    /**
     * The answers to calls for one id. If the database stands still for seconds, the broker takes pedidos and the ledger compares them
     * later: then the answers to the calls for another id.
     */
    private static List<HttpResponse<String>> byLedger(Calls calls) {
        return Awaitility.await("compared at once")
                .until(() -> byLedgerOnce(calls), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<List<HttpResponse<String>>> byLedgerOnce(Calls calls) throws Exception {
        long before = takenByBroker();
        var answers = calls.make("id-" + UUID.randomUUID());
        return takenByBroker() == before ? Optional.of(answers) : Optional.empty();
    }

    private static long takenByBroker() throws Exception {
        long taken = 0;
        for (var api : apis) {
            taken += api.metric("pedidos_unnoted_total{result=\"confirmed\"}");
        }
        return taken;
    }

    @Test
    void ofTwoContentsSentAtTheSameMomentThroughTwoInstancesOneWinsWhole() throws Exception {
        int pairs = 1_000;
        int atOnce = 250;
        long before = takenByBroker();
        int twice = 0;
        for (int first = 0; first < pairs; first += atOnce) {
            twice += race(first, first + atOnce);
        }
        assertThat(twice).as("compared later").isLessThanOrEqualTo((int) (takenByBroker() - before));
        system.awaitCount(
                "select count(*) from operation_events where external_id like 'race-%' and event_type = 'CONFLICT'",
                pairs);
    }

    /** How many pairs were accepted twice: a database that stands still for seconds lets the broker take one of them. */
    private static int race(int from, int to) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            answers.add(post(one, Client.pedido("race-" + i, "rcb-" + i, "A:1")));
            answers.add(post(other, Client.pedido("race-" + i, "rcb-" + i, "B:1")));
        }
        int twice = 0;
        for (int i = from; i < to; i++) {
            int a = answers.get(2 * (i - from)).get().statusCode();
            int b = answers.get(2 * (i - from) + 1).get().statusCode();
            if (a == 202 && b == 202) {
                twice++;
                continue;
            }
            assertThat(List.of(a, b)).as("race-%d", i).containsExactlyInAnyOrder(202, 409);
            String winner = other.get("/pedidos/race-" + i).at("/itens/0/sku").asString("");
            assertThat(winner).isEqualTo(a == 202 ? "A" : "B");
        }
        return twice;
    }

    private static CompletableFuture<HttpResponse<String>> post(Http http, String body) {
        return http.sendJson("POST", "/pedidos", body);
    }
}
