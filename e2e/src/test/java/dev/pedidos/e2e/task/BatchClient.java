package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.UntilTaken;
import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client that posts batches of expenses to an API, and waits for their tasks. */
public final class BatchClient {
    private static final List<String> CNPJS =
            List.of("12.ABC.345/01DE-35", "ABCDEFGHIJKL80", "90.021.382/0001-22", "19JA2KO8Z00151");

    private final Http http;

    public BatchClient(TestProgram api) {
        http = new Http(api);
    }

    /** As {@link #postOnce}, but sends it again while the database does not take it, with the same key. */
    public HttpResponse<String> post(String body) throws Exception {
        return post(body, UUID.randomUUID().toString());
    }

    public HttpResponse<String> post(String body, String key) throws Exception {
        return UntilTaken.answer(() -> send(body, "Idempotency-Key", key), HttpResponse::statusCode)
                .get();
    }

    public HttpResponse<String> postWithoutKey(String body) throws Exception {
        return UntilTaken.answer(() -> send(body), HttpResponse::statusCode).get();
    }

    public HttpResponse<String> postOnce(String body, String key) throws Exception {
        return send(body, "Idempotency-Key", key).get();
    }

    private CompletableFuture<HttpResponse<String>> send(String body, String... headers) {
        return http.sendJson("POST", "/batch-expenses", body, headers);
    }

    /** The id of the task. */
    public static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.tree(answer).path("task_id").stringValue();
    }

    public JsonNode await(String id, String status) throws Exception {
        Awaitility.await(status)
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        http.get("/tasks/" + id).path("status").stringValue("").equals(status));
        return http.get("/tasks/" + id);
    }

    /** Their amounts are 1, 2, 3 ... */
    public static String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> RootLocale.format(
                        "{\"cnpj\":\"%s\",\"valor_centavos\":%d,\"descricao\":\"nota %d\"}",
                        CNPJS.get(i % CNPJS.size()), i + 1, i))
                .collect(Collectors.joining(",", "{\"itens\":[", "]}"));
    }
}
