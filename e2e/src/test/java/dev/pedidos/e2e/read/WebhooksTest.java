package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.HookEndpoint;
import dev.pedidos.e2e.system.HookEndpoint.Hook;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.task.BatchClient;
import dev.pedidos.tools.stack.processes.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks, from the final state to the client's endpoint. */
class WebhooksTest {
    private static final String NEW_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @TempDir
    private static Path folder;

    private static Path secrets;
    private static TestSystem system;
    private static Client client;
    private static Http http;
    private static BatchClient batches;

    @BeforeAll
    static void start() throws Exception {
        secrets = folder.resolve("secrets");
        replaceSecrets(Callbacks.SECRET);
        system = Callbacks.system("webhooks", secrets);
        var api = system.apiByLedger();
        client = new Client(api);
        http = new Http(api);
        batches = new BatchClient(api);
        system.worker();
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
    void everyFinalStateIsToldWithThePedidoAsItIsThen() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            client.stock("HOOK", 10);
            client.post(Callbacks.pedido("h-completed", "HOOK:1", endpoint.url()));
            client.post(Callbacks.pedido("h-rejected", "HOOK:11", endpoint.url()));
            client.post(Callbacks.simulado("h-dead", "{\"falha_permanente\":true}", endpoint.url()));
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
            assertThat(endpoint.hooks()).allMatch(each -> each.isSignedWith(Callbacks.SECRET));
            assertThat(new String(hook.body(), StandardCharsets.UTF_8)).doesNotContain("token");
        }
    }

    @Test
    void secretsAreRotatedWhileTheProgramsRun() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            try {
                replaceSecrets(NEW_SECRET, Callbacks.SECRET);
                Hook both = nextSignedWith(endpoint, "both", NEW_SECRET);
                assertThat(both.isSignedWith(Callbacks.SECRET)).isTrue();
                replaceSecrets(NEW_SECRET);
                Awaitility.await("the old secret is not used any more")
                        .until(() -> !next(endpoint, "new").isSignedWith(Callbacks.SECRET));
            } finally {
                replaceSecrets(Callbacks.SECRET);
                nextSignedWith(endpoint, "old", Callbacks.SECRET);
            }
        }
    }

    @Test
    void theEndOfATaskIsToldOnce() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            String id = BatchClient.accepted(
                    batches.post("{\"itens\":[{\"cnpj\":\"12.ABC.345/01DE-35\",\"valor_centavos\":1},"
                            + "{\"cnpj\":\"90.021.382/0001-22\",\"valor_centavos\":2}],\"callback_url\":\""
                            + endpoint.url()
                            + "\"}"));
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
            amqp.publish(amqp.names().openQueue(), Callbacks.simulado("q-1", "{}", endpoint.url()));
            endpoint.await("the webhook", hooks -> hooks.size() == 1);

            assertThat(types(endpoint, "q-1")).containsExactly("pedido.completed");
        }
    }

    @Test
    void theCallbackUrlIsPartOfTheContentAndItsHostMustBeNamed() throws Exception {
        try (var endpoint = HookEndpoint.good()) {
            assertThat(client.post(Callbacks.simulado("c-1", "{}", endpoint.url()))
                            .status())
                    .isEqualTo(202);
            client.awaitStatus("c-1", "COMPLETED");
            assertThat(client.post(Callbacks.simulado("c-1", "{}", endpoint.url()))
                            .status())
                    .isEqualTo(200);
            assertThat(client.post(Callbacks.simulado("c-1", "{}", endpoint.url() + "2"))
                            .status())
                    .isEqualTo(409);
            assertThat(client.post(Client.simulado("c-1", "c-1", "{}")).status())
                    .isEqualTo(409);
            for (String url : List.of("http://localhost/", "https://user:secret@127.0.0.1/", "ftp://127.0.0.1/")) {
                var refused = client.post(Callbacks.simulado("c-2", "{}", url));
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
        client.post(Callbacks.simulado("l-1", "{}", "http://127.0.0.1:" + port + "/"));
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
                client.post(Callbacks.simulado("p-" + i, "{}", endpoint.url()));
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
            return found[0].isSignedWith(secret);
        });
        return found[0];
    }

    private static Hook next(HookEndpoint endpoint, String name) throws Exception {
        int before = endpoint.hooks().size();
        client.post(Callbacks.simulado(name + "-" + before, "{}", endpoint.url()));
        endpoint.await("one more", hooks -> hooks.size() == before + 1);
        return endpoint.hooks().getLast();
    }

    private static List<String> types(HookEndpoint endpoint, String pedidoId) {
        return endpoint.of(pedidoId).stream()
                .map(hook -> hook.json().path("type").stringValue())
                .toList();
    }
}
