package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.HookEndpoint;
import dev.pedidos.e2e.system.HookEndpoint.Hook;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.webhook.WebhookSecret;
import dev.pedidos.shared.webhook.WebhookSignature;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.stack.processes.FreePort;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks, from the final state to the client's endpoint. */
class WebhooksTest {
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    @TempDir
    private static Path folder;

    private static Path secrets;
    private static TestSystem system;
    private static Client client;
    private static Http http;
    private static TestProgram worker;

    @BeforeAll
    static void start() throws Exception {
        secrets = folder.resolve("secrets");
        replaceSecrets(OLD);
        system = TestSystem.start(
                "webhooks",
                Map.of(
                        "PEDIDOS_CALLBACK_HOSTS", "127.0.0.1",
                        "PEDIDOS_WEBHOOK_SECRET_FILE", secrets.toString(),
                        "PEDIDOS_WEBHOOK_TIMEOUT_MS", Long.toString(TIMEOUT.toMillis()),
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "100",
                        "PEDIDOS_RETRY_MAX_MS", "400",
                        "PEDIDOS_MAX_TENTATIVAS", "2"));
        var api = system.apiByLedger();
        client = new Client(api);
        http = new Http(api);
        worker = system.worker();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .filteredOn(verdict -> !verdict.holds())
                    .isEmpty();
        } finally {
            system.close();
        }
    }

    @Test
    void everyFinalStateIsToldWithThePedidoAsItIsThen() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            client.stock("HOOK", 10);
            client.post(pedido("h-completed", "HOOK:1", endpoint.url()));
            client.post(pedido("h-rejected", "HOOK:11", endpoint.url()));
            client.post(simulado("h-dead", "{\"falha_permanente\":true}", endpoint.url()));
            client.awaitStatus("h-completed", "COMPLETED");
            JsonNode completed = client.get("/pedidos/h-completed").body();
            endpoint.await("three webhooks", hooks -> hooks.size() == 3);
            client.cancel("h-completed");
            endpoint.await("four webhooks", hooks -> hooks.size() == 4);

            assertThat(types(endpoint, "h-completed")).containsExactly("pedido.completed", "pedido.cancelled");
            assertThat(types(endpoint, "h-rejected")).containsExactly("pedido.rejected");
            assertThat(types(endpoint, "h-dead")).containsExactly("pedido.dead_lettered");
            Hook hook = endpoint.of("h-completed").getFirst();
            assertThat(hook.json().propertyNames()).containsExactly("type", "timestamp", "data");
            assertThat(hook.json().path("data")).isEqualTo(completed);
            assertThat(endpoint.hooks()).allMatch(each -> isGenuine(each, OLD));
            assertThat(new String(hook.body(), StandardCharsets.UTF_8)).doesNotContain("token");
        }
    }

    @Test
    void aGoodEndpointIsNotDelayedByASlowADeadAndAFailingOne() throws Exception {
        var over = new CountDownLatch(1);
        try (var good = HookEndpoint.good();
                var half = new HookEndpoint((number, exchange) -> number % 2 == 0 ? 204 : 500);
                var slow = new HookEndpoint((number, exchange) -> {
                    over.await();
                    return 204;
                })) {
            String dead = "http://127.0.0.1:" + new FreePort().from(0) + "/";
            int each = 40;
            for (int i = 0; i < each; i++) {
                client.post(simulado("alone-" + i, "{}", good.url()));
            }
            good.await("those alone", hooks -> hooks.size() == each);
            Duration alone = median(good.hooks());

            for (int i = 0; i < each; i++) {
                client.post(simulado("slow-" + i, "{}", slow.url()));
                client.post(simulado("dead-" + i, "{}", dead));
                client.post(simulado("half-" + i, "{}", half.url()));
                client.post(simulado("good-" + i, "{}", good.url()));
            }
            good.await("those beside others", hooks -> hooks.size() == 2 * each);
            List<Hook> beside = good.hooks().subList(each, 2 * each);

            assertThat(median(beside)).isLessThan(alone.plusMillis(400));
            assertThat(beside).allMatch(hook -> hook.delay().compareTo(TIMEOUT) < 0);
            Awaitility.await("half of the answers were 500, and all were delivered")
                    .until(() -> system.count("select count(*) from webhooks where pedido_id like 'half-%'"
                                    + " and status = 'DELIVERED'")
                            == each);
            assertThat(half.hooks().stream().map(Hook::id).distinct()).hasSize(each);
            assertThat(system.count(
                            "select count(*) from webhooks where pedido_id like 'dead-%' and status = 'PENDING'"))
                    .isEqualTo(each);
            assertThat(system.count("select count(*) from webhooks where pedido_id like 'slow-%' and tentativas = 0"))
                    .isPositive();
        } finally {
            over.countDown();
        }
        stopTrying();
    }

    @Test
    void aWebhookWaitsForNoClockThatWasSetBack() throws Exception {
        var answers = new CountDownLatch(1);
        try (var endpoint = new HookEndpoint((number, exchange) -> {
            answers.await();
            return number == 1 ? 500 : 204;
        })) {
            client.post(simulado("back", "{}", endpoint.url()));
            system.awaitCount("select count(*) from webhooks where pedido_id = 'back' and tentativas = 1", 1);
            system.alter("create function a_day_ahead() returns trigger language plpgsql as $$ begin"
                    + " new.proxima_em := new.proxima_em + interval '1 day'; return new; end $$");
            system.alter("create trigger before_the_step before update on webhooks for each row"
                    + " when (new.pedido_id = 'back' and old.tentativas = 1 and new.tentativas = 1)"
                    + " execute function a_day_ahead()");
            answers.countDown();
            system.awaitCount("select count(*) from webhooks where pedido_id = 'back' and status = 'DELIVERED'", 1);
        }
    }

    @Test
    void goneEndsItAndARedirectIsNotFollowed() throws Exception {
        try (var elsewhere = HookEndpoint.good();
                var gone = new HookEndpoint((number, exchange) -> 410);
                var redirecting = new HookEndpoint((number, exchange) -> {
                    exchange.getResponseHeaders().add("Location", elsewhere.url());
                    return 302;
                })) {
            client.post(simulado("g-gone", "{}", gone.url()));
            client.post(simulado("g-redirected", "{}", redirecting.url()));
            redirecting.await("two attempts", hooks -> hooks.size() >= 2);
            system.awaitCount("select count(*) from webhooks where pedido_id = 'g-gone' and status = 'GONE'", 1);

            JsonNode answer = only("GONE", "g-gone");
            assertThat(answer.path("http_status").intValue()).isEqualTo(410);
            assertThat(answer.path("resposta").stringValue()).isEqualTo("as scripted");
            assertThat(answer.path("tentativas").intValue()).isEqualTo(1);
            assertThat(answer.path("url").stringValue()).endsWith("/hooks");
            assertThat(gone.hooks()).hasSize(1);
            assertThat(elsewhere.hooks()).isEmpty();
            assertThat(only("PENDING", "g-redirected").path("http_status").intValue())
                    .isEqualTo(302);
        }
        stopTrying();
    }

    @Test
    void whatWasGivenUpIsSentAgainWhenAnOperatorWantsIt() throws Exception {
        try (var endpoint = new HookEndpoint((number, exchange) -> number < 3 ? 503 : 204)) {
            client.post(simulado("r-1", "{}", endpoint.url()));
            endpoint.await("an attempt", hooks -> !hooks.isEmpty());
            system.alter("update webhooks set desde = desde - interval '2 days' where pedido_id = 'r-1'");
            system.awaitCount("select count(*) from webhooks where pedido_id = 'r-1' and status = 'FAILED'", 1);

            String id = only("FAILED", "r-1").path("webhook_id").stringValue();
            HttpResponse<String> answer = http.json("POST", "/webhooks/" + id + "/redeliver", "");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"webhook_id\":\"" + id + "\",\"status\":\"PENDING\"}");
            system.awaitCount("select count(*) from webhooks where pedido_id = 'r-1' and status = 'DELIVERED'", 1);

            assertThat(endpoint.hooks()).extracting(Hook::id).containsOnly(id);
            assertThat(http.json("POST", "/webhooks/none/redeliver", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void secretsAreRotatedWhileTheProgramsRun() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            try {
                replaceSecrets(NEW, OLD);
                Hook both = nextSignedWith(endpoint, "both", NEW);
                assertThat(isGenuine(both, OLD)).isTrue();
                replaceSecrets(NEW);
                Awaitility.await("the old secret is not used any more")
                        .until(() -> !isGenuine(next(endpoint, "new"), OLD));
            } finally {
                replaceSecrets(OLD);
                nextSignedWith(endpoint, "old", OLD);
            }
        }
    }

    @Test
    void aWorkerThatDiesWithACallInHandLeavesItToAnotherWithTheSameId() throws Exception {
        var over = new CountDownLatch(1);
        try (var endpoint = new HookEndpoint((number, exchange) -> {
            if (number == 1) {
                over.await();
            }
            return 204;
        })) {
            client.post(simulado("k-1", "{}", endpoint.url()));
            endpoint.await("the call is in hand", hooks -> hooks.size() == 1);
            worker.kill();
            worker = system.worker();
            endpoint.await("the call is made again", hooks -> hooks.size() == 2);

            assertThat(endpoint.hooks())
                    .extracting(Hook::id)
                    .containsOnly(endpoint.hooks().getFirst().id());
            system.awaitCount("select tentativas from webhooks where pedido_id = 'k-1' and status = 'DELIVERED'", 2);
        } finally {
            over.countDown();
        }
    }

    @Test
    void theEndOfATaskIsToldOnce() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            var answer = http.json(
                    "POST",
                    "/batch-expenses",
                    "{\"itens\":[{\"cnpj\":\"12.ABC.345/01DE-35\",\"valor_centavos\":1},"
                            + "{\"cnpj\":\"90.021.382/0001-22\",\"valor_centavos\":2}],\"callback_url\":\""
                            + endpoint.url()
                            + "\"}");
            assertThat(answer.statusCode()).isEqualTo(202);
            String id = Http.tree(answer).path("task_id").stringValue();
            endpoint.await("the webhook of the task", hooks -> !hooks.isEmpty());

            JsonNode hook = endpoint.hooks().getFirst().json();
            assertThat(hook.path("type").stringValue()).isEqualTo("task.finished");
            assertThat(hook.path("data")).isEqualTo(client.get("/tasks/" + id).body());
            assertThat(hook.path("data").path("status").stringValue()).isEqualTo("SUCCESS");
            assertThat(system.count("select count(*) from webhooks where task_id = '" + id + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aPedidoThatWasAcceptedWithoutTheDatabaseHasItsWebhookToo() throws Exception {
        try (var endpoint = HookEndpoint.good();
                var amqp = new Amqp(system.stores())) {
            amqp.publish(amqp.names().openQueue(), simulado("q-1", "{}", endpoint.url()));
            endpoint.await("the webhook", hooks -> hooks.size() == 1);

            assertThat(types(endpoint, "q-1")).containsExactly("pedido.completed");
        }
    }

    @Test
    void theCallbackUrlIsPartOfTheContentAndItsHostMustBeNamed() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            assertThat(client.post(simulado("c-1", "{}", endpoint.url())).status())
                    .isEqualTo(202);
            client.awaitStatus("c-1", "COMPLETED");
            assertThat(client.post(simulado("c-1", "{}", endpoint.url())).status())
                    .isEqualTo(200);
            assertThat(client.post(simulado("c-1", "{}", endpoint.url() + "2")).status())
                    .isEqualTo(409);
            assertThat(client.post(Client.simulado("c-1", "c-1", "{}")).status())
                    .isEqualTo(409);
            for (String url : List.of("http://localhost/", "https://user:secret@127.0.0.1/", "ftp://127.0.0.1/")) {
                var refused = client.post(simulado("c-2", "{}", url));
                assertThat(refused.status()).isEqualTo(422);
                assertThat(refused.body().path("errors").get(0).path("field").stringValue())
                        .isEqualTo("callback_url");
            }
        }
    }

    @Test
    void listenPrintsAndVerifiesWhatComes() throws Exception {
        int port = new FreePort().from(0);
        var listen = PedidosCommand.start("listen", Integer.toString(port), "--secrets", secrets.toString())
                .awaitLine("listening at");
        client.post(simulado("l-1", "{}", "http://127.0.0.1:" + port + "/"));
        listen.awaitLine("l-1");
        http.json("GET", "/healthz", "");

        var ended = listen.stop();

        assertThat(ended.output()).containsPattern("(?m)^verified [0-9a-f-]{36} \\{\"type\" ?: ?\"pedido.completed\"");
        system.awaitCount("select count(*) from webhooks where pedido_id = 'l-1' and status = 'DELIVERED'", 1);
    }

    @Test
    void webhooksComeInPagesAndByStatus() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            for (int i = 0; i < 5; i++) {
                client.post(simulado("p-" + i, "{}", endpoint.url()));
            }
            endpoint.await("all", hooks -> hooks.size() == 5);
            system.awaitCount("select count(*) from webhooks where pedido_id like 'p-%' and status = 'DELIVERED'", 5);

            JsonNode first = http.get("/webhooks?status=DELIVERED&limit=3");
            JsonNode second = http.get("/webhooks?status=DELIVERED&limit=2&cursor="
                    + first.path("next_cursor").stringValue());
            assertThat(first.path("webhooks")).hasSize(3);
            assertThat(second.path("webhooks")).hasSize(2);
            assertThat(first.path("webhooks").get(0).propertyNames())
                    .containsExactly(
                            "webhook_id",
                            "type",
                            "pedido_id",
                            "task_id",
                            "url",
                            "status",
                            "tentativas",
                            "criado_em",
                            "proxima_tentativa_em",
                            "terminado_em",
                            "http_status",
                            "resposta",
                            "erro",
                            "duracao_ms",
                            "links");
            assertThat(http.json("GET", "/webhooks?status=LOST", "").statusCode())
                    .isEqualTo(422);
        }
    }

    private static void replaceSecrets(String... lines) throws Exception {
        Path next = Files.write(folder.resolve("next"), List.of(lines));
        Files.move(next, secrets, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Hook nextSignedWith(HookEndpoint endpoint, String name, String secret) {
        var found = new Hook[1];
        Awaitility.await("signed with the new secret").until(() -> {
            found[0] = next(endpoint, name);
            return isGenuine(found[0], secret);
        });
        return found[0];
    }

    private static Hook next(HookEndpoint endpoint, String name) throws Exception {
        int before = endpoint.hooks().size();
        client.post(simulado(name + "-" + before, "{}", endpoint.url()));
        endpoint.await("one more", hooks -> hooks.size() == before + 1);
        return endpoint.hooks().getLast();
    }

    private static boolean isGenuine(Hook hook, String secret) {
        return WebhookSignature.fault(
                        List.of(WebhookSecret.of(secret)),
                        hook.id(),
                        hook.timestamp(),
                        hook.signatures(),
                        hook.body(),
                        hook.came().getEpochSecond())
                .isEmpty();
    }

    /** So that tests that follow are not disturbed. */
    private static void stopTrying() {
        system.alter("update webhooks set status = 'FAILED', terminado_em = now() where status = 'PENDING'");
    }

    private static JsonNode only(String status, String pedidoId) throws Exception {
        for (JsonNode webhook : http.get("/webhooks?limit=500&status=" + status).path("webhooks")) {
            if (webhook.path("pedido_id").stringValue("").equals(pedidoId)) {
                return webhook;
            }
        }
        throw new AssertionError("no webhook of " + pedidoId);
    }

    private static List<String> types(HookEndpoint endpoint, String pedidoId) {
        return endpoint.of(pedidoId).stream()
                .map(hook -> hook.json().path("type").stringValue())
                .toList();
    }

    private static Duration median(List<Hook> hooks) {
        return hooks.stream()
                .map(Hook::delay)
                .sorted()
                .skip(hooks.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String pedido(String id, String item, String url) {
        return withCallback(Client.pedido(id, id, item), url);
    }

    private static String simulado(String id, String dados, String url) {
        return withCallback(Client.simulado(id, id, dados), url);
    }

    private static String withCallback(String body, String url) {
        return body.substring(0, body.length() - 1) + ",\"callback_url\":\"" + url + "\"}";
    }
}
