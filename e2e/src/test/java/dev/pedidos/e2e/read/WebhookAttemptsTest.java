package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.HookEndpoint;
import dev.pedidos.e2e.system.HookEndpoint.Hook;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks whose endpoint is slow, dead, gone or failing, and those that a dead worker had in hand. */
class WebhookAttemptsTest {
    @TempDir
    private static Path folder;

    private static TestSystem system;
    private static Client client;
    private static Http http;
    private static TestProgram worker;

    @BeforeAll
    static void start() throws Exception {
        system = Callbacks.system("webhook-attempts", Files.writeString(folder.resolve("secrets"), Callbacks.SECRET));
        var api = system.apiByLedger();
        client = new Client(api);
        http = new Http(api);
        worker = system.worker();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try {
            Judging.assertEveryLawHolds(system);
        } finally {
            system.close();
        }
    }

    @Test
    void aGoodEndpointIsNotDelayedByASlowADeadAndAFailingOne() throws Exception {
        var over = new CountDownLatch(1);
        try (var good = HookEndpoint.good();
                // It neither answers nor refuses.
                var dead = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                var half = new HookEndpoint((number, exchange) -> number % 2 == 0 ? 204 : 500);
                var slow = new HookEndpoint((number, exchange) -> {
                    over.await();
                    return 204;
                })) {
            String deadUrl = "http://127.0.0.1:" + dead.getLocalPort() + "/";
            int each = 40;
            for (int i = 0; i < each; i++) {
                client.post(Callbacks.simulado("slow-" + i, "{}", slow.url()));
                client.post(Callbacks.simulado("dead-" + i, "{}", deadUrl));
                client.post(Callbacks.simulado("half-" + i, "{}", half.url()));
                client.post(Callbacks.simulado("good-" + i, "{}", good.url()));
            }
            good.await("those of the good one", hooks -> hooks.size() == each);
            slow.await("the slow one's share of calls", hooks -> hooks.size() == 8);
            system.awaitCount(
                    "select count(*) from webhooks where pedido_id like 'good-%' and status = 'DELIVERED'"
                            + " and tentativas = 1 and terminado_em - criado_em < interval '" + Callbacks.TIMEOUT_MS
                            + " milliseconds'",
                    each);
            assertThat(system.count("select count(*) from webhooks where tentativas > 1"
                            + " and (pedido_id like 'slow-%' or pedido_id like 'dead-%')"))
                    .as("the slow and the dead one still hold their first calls")
                    .isZero();
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
            client.post(Callbacks.simulado("back", "{}", endpoint.url()));
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
            client.post(Callbacks.simulado("g-gone", "{}", gone.url()));
            client.post(Callbacks.simulado("g-redirected", "{}", redirecting.url()));
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
            client.post(Callbacks.simulado("r-1", "{}", endpoint.url()));
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
    void aWorkerThatDiesWithACallInHandLeavesItToAnotherWithTheSameId() throws Exception {
        var over = new CountDownLatch(1);
        try (var endpoint = new HookEndpoint((number, exchange) -> {
            if (number == 1) {
                over.await();
            }
            return 204;
        })) {
            client.post(Callbacks.simulado("k-1", "{}", endpoint.url()));
            endpoint.await("the call is in hand", hooks -> hooks.size() == 1);
            worker.kill();
            system.alter("update webhooks set proxima_em = clock_timestamp() where pedido_id = 'k-1'");
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
}
