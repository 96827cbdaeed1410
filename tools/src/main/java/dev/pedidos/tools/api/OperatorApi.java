package dev.pedidos.tools.api;

import dev.pedidos.shared.message.JsonText;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The API's calls for operators, made in the name of one of them. A refusal is an IOException with the API's reasons.
 */
public final class OperatorApi implements AutoCloseable {
    private static final int REQUEST_TIMEOUT = 408;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int LARGEST_PAGE = 500;
    private static final int MOST_EVENTS = 10_000;
    private static final int LONGEST_NAME = 64;

    private final ApiEndpoint api;
    private final String operator;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param user name of the caller; characters that a header cannot carry are left out */
    public OperatorApi(ApiEndpoint api, String user) {
        String name = user.replaceAll("[^\\x21-\\x7e]", "");
        this.api = api;
        this.operator = name.isEmpty() ? "operator" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /**
     * A part of a list.
     *
     * @param hasMore true if more entries follow
     */
    public record Listing(List<JsonNode> entries, boolean hasMore) {}

    /** Reads the entries of a list, page by page. */
    public Listing list(String path, Map<String, String> filters, String field, int most)
            throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        String cursor = "";
        do {
            int limit = Math.min(LARGEST_PAGE, most - entries.size());
            Map<String, String> query = new LinkedHashMap<>(filters);
            query.put("limit", Integer.toString(limit));
            if (!cursor.isEmpty()) {
                query.put("cursor", cursor);
            }
            var page = get(path + query(query), field);
            page.path(field).forEach(entries::add);
            cursor = page.path("next_cursor").stringValue("");
        } while (!cursor.isEmpty() && entries.size() < most);
        return new Listing(entries, !cursor.isEmpty());
    }

    public JsonNode groups(Map<String, String> filters) throws IOException, InterruptedException {
        return get("/dlq/groups" + query(filters), "grupos").path("grupos");
    }

    public JsonNode fleet() throws IOException, InterruptedException {
        return get("/workers", "workers");
    }

    public void redrive(String pedidoId) throws IOException, InterruptedException {
        call("POST", "/dlq/" + encoded(pedidoId) + "/redrive", BodyPublishers.noBody(), "pedido_id");
    }

    /** Starts a redrive; no filters selects all dead letters. Returns the redrive_id. */
    public String redriveAll(Map<String, String> filters, int perSecond) throws IOException, InterruptedException {
        var body = JsonNodeFactory.instance.objectNode().put("por_segundo", perSecond);
        filters.forEach(body::put);
        if (filters.isEmpty()) {
            body.put("todos", true);
        }
        return call("POST", "/dlq/redrive", BodyPublishers.ofString(body.toString()), "redrive_id")
                .path("redrive_id")
                .stringValue("");
    }

    public JsonNode progress(String redriveId) throws IOException, InterruptedException {
        return get("/dlq/redrives/" + encoded(redriveId), "selecionados");
    }

    /** Those that run and the newest ones. */
    public JsonNode redrives() throws IOException, InterruptedException {
        return get("/dlq/redrives", "redrives").path("redrives");
    }

    public JsonNode cancelRedrive(String redriveId) throws IOException, InterruptedException {
        return call("POST", "/dlq/redrives/" + encoded(redriveId) + "/cancel", BodyPublishers.noBody(), "selecionados");
    }

    public void discard(String pedidoId, String motivo) throws IOException, InterruptedException {
        call(
                "DELETE",
                "/dlq/" + encoded(pedidoId),
                BodyPublishers.ofString("{\"motivo\":" + JsonText.quoted(motivo) + "}"),
                "pedido_id");
    }

    public void release(String recebedorId, String action) throws IOException, InterruptedException {
        call(
                "POST",
                "/recebedores/" + encoded(recebedorId) + "/release",
                BodyPublishers.ofString("{\"action\":" + JsonText.quoted(action) + "}"),
                "recebedor_id");
    }

    /** @param key the same one again gives the same task */
    public JsonNode sendBatch(String key, String body) throws IOException, InterruptedException {
        return call(
                "POST", "/batch-expenses", BodyPublishers.ofString(body), "task_id", Map.of("Idempotency-Key", key));
    }

    public JsonNode task(String taskId) throws IOException, InterruptedException {
        return get("/tasks/" + encoded(taskId), "task_id");
    }

    /** The first of its items in this state, if there is one. */
    public Optional<JsonNode> firstItem(String taskId, String status) throws IOException, InterruptedException {
        return list("/tasks/" + encoded(taskId) + "/items", Map.of("status", status), "items", 1).entries().stream()
                .findFirst();
    }

    /** The oldest first. */
    public List<JsonNode> events(String pedidoId) throws IOException, InterruptedException {
        return list("/pedidos/" + encoded(pedidoId) + "/events", Map.of(), "events", MOST_EVENTS)
                .entries();
    }

    /** Returns the status of the task. */
    public String cancelTask(String taskId) throws IOException, InterruptedException {
        return call("POST", "/tasks/" + encoded(taskId) + "/cancel", BodyPublishers.noBody(), "task_id")
                .path("status")
                .stringValue("");
    }

    private JsonNode get(String path, String member) throws IOException, InterruptedException {
        return call("GET", path, BodyPublishers.noBody(), member);
    }

    private JsonNode call(String method, String path, BodyPublisher body, String member)
            throws IOException, InterruptedException {
        return call(method, path, body, member, Map.of());
    }

    /** @param member of the answer; another server's JSON lacks it */
    private JsonNode call(String method, String path, BodyPublisher body, String member, Map<String, String> headers)
            throws IOException, InterruptedException {
        var call = api.call(path)
                .method(method, body)
                .header("Pedidos-Operador", operator)
                .timeout(ANSWER_WITHIN);
        headers.forEach(call::header);
        var request = call.build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            var answer = StrictJson.readOwn(response.body());
            if (response.statusCode() == 422) {
                throw new FaultyFields(fields(answer));
            }
            int status = response.statusCode();
            if (status >= 300) {
                String refused = RootLocale.format("%s %s was answered %d: %s", method, path, status, reasons(answer));
                throw status < 500 && status != REQUEST_TIMEOUT ? new NothingDone(refused) : new IOException(refused);
            }
            if (!answer.has(member)) {
                throw new IOException(
                        RootLocale.format("%s is not a Pedidos API: %s %s gave no %s", api, method, path, member));
            }
            return answer;
        } catch (MalformedJson e) {
            throw new IOException(
                    RootLocale.format("%s is not a Pedidos API: %s %s gave no JSON", api, method, path), e);
        } catch (ConnectException e) {
            throw new NothingDone("no API answers at " + api + ": is it running?", e);
        }
    }

    private static String reasons(JsonNode problem) {
        return problem.path("title").stringValue("") + ". "
                + problem.path("detail").stringValue("");
    }

    private static Map<String, String> fields(JsonNode problem) {
        Map<String, String> fields = new LinkedHashMap<>();
        problem.path("errors")
                .forEach(error -> fields.put(
                        error.path("field").stringValue(""),
                        error.path("message").stringValue("")));
        if (fields.isEmpty()) {
            fields.put("the request is refused:", reasons(problem));
        }
        return fields;
    }

    private static String query(Map<String, String> filters) {
        String pairs = filters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return pairs.isEmpty() ? "" : "?" + pairs;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
