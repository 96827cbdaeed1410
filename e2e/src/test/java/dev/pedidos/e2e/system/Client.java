package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.text.RootLocale;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of an API. */
public final class Client {

    /** An answer with its body as JSON. */
    public record Answer(int status, JsonNode body) {
        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        }

        public String text(String field) {
            return body.path(field).asString("");
        }

        public long number(String field) {
            return body.path(field).asLong(-1);
        }
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final AtomicInteger refused = new AtomicInteger();

    public Client(TestProgram api) {
        this(api.url());
    }

    private Client(URI base) {
        this.base = base;
    }

    /** Through a proxy. */
    public static Client at(String uri) {
        return new Client(URI.create(uri));
    }

    public Answer get(String path) throws Exception {
        return Answer.of(HTTP.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString()));
    }

    /** A body that is not JSON. */
    public String text(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    /** Waits until this API inserts new pedidos into the ledger before it publishes them. */
    public void awaitLedgerPath() {
        Awaitility.await("inserts into the ledger")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> text("/metrics").contains("pedidos_gate 1.0"));
    }

    public Answer post(String json) throws Exception {
        return postAsync(json).get();
    }

    public Answer postUntilTaken(String json) throws Exception {
        return UntilTaken.answer(() -> postAsync(json), this::counted).get();
    }

    private int counted(Answer answer) {
        if (answer.status() == 503) {
            refused.incrementAndGet();
        }
        return answer.status();
    }

    /** Answers of 503 to {@link #postUntilTaken}. */
    public int refused() {
        return refused.get();
    }

    public CompletableFuture<Answer> postAsync(String json) {
        return send("POST", "/pedidos", json);
    }

    public Answer cancel(String pedidoId) throws Exception {
        return cancelAsync(pedidoId).get();
    }

    public CompletableFuture<Answer> cancelAsync(String pedidoId) {
        return send("POST", "/pedidos/" + pedidoId + "/cancel", "{}");
    }

    /** Waits for the final state. */
    public void awaitStatus(String pedidoId, String status) {
        Awaitility.await(pedidoId + " is " + status)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/pedidos/" + pedidoId).text("status").equals(status));
    }

    public void stock(String sku, long disponivel) throws Exception {
        var answer = putStock(sku, disponivel);
        if (answer.status() != 200) {
            throw new AssertionError("PUT /estoque/" + sku + ": " + answer.body());
        }
    }

    public Answer putStock(String sku, long disponivel) throws Exception {
        return send("PUT", "/estoque/" + sku, RootLocale.format("{\"disponivel\":%d}", disponivel))
                .get();
    }

    public void assertStock(String sku, long disponivel, long reservado) throws Exception {
        var estoque = get("/estoque/" + sku);
        assertThat(estoque.number("disponivel")).isEqualTo(disponivel);
        assertThat(estoque.number("reservado")).isEqualTo(reservado);
    }

    private CompletableFuture<Answer> send(String method, String path, String json) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** A pedido of one receiver; itens as "sku:quantidade". */
    public static String pedido(String id, String recebedor, String... itens) {
        var list = new StringBuilder();
        for (var item : itens) {
            var parts = item.split(":", 2);
            list.append(list.isEmpty() ? "" : ",")
                    .append(RootLocale.format("{\"sku\":\"%s\",\"quantidade\":%s}", parts[0], parts[1]));
        }
        return RootLocale.format(
                "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"origem\":\"api\",\"itens\":[%s]}",
                id, recebedor, list);
    }

    /** A pedido of tipo simulado. */
    public static String simulado(String id, String recebedor, String dados) {
        return RootLocale.format(
                "{\"pedido_id\":\"%s\",\"tipo\":\"simulado\",\"recebedor_id\":\"%s\",\"origem\":\"api\",\"dados\":%s}",
                id, recebedor, dados);
    }
}
