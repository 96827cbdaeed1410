package dev.pedidos.e2e.system;

import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** An operator of a system: asks the API, and checks the result in the ledger. */
public final class Operator {
    public static final String NAME = "maria";

    private final TestSystem system;
    private final Http http;

    public Operator(TestSystem system, TestProgram api) {
        this.system = system;
        this.http = new Http(api);
    }

    public HttpResponse<String> call(String method, String path, String body) throws Exception {
        return later(method, path, body).get();
    }

    /** Discards a dead letter. */
    public void discard(String pedidoId) throws Exception {
        var answer = call("DELETE", "/dlq/" + pedidoId, "{\"motivo\":\"seen\"}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Completes with the answer. */
    public CompletableFuture<HttpResponse<String>> later(String method, String path, String body) {
        return http.sendJson(method, path, body, "Pedidos-Operador", NAME);
    }

    public JsonNode get(String path) throws Exception {
        return http.get(path);
    }

    /** The values of a field in a list that is read page by page. */
    public List<String> all(String path, String list, String field) throws Exception {
        List<String> values = new ArrayList<>();
        String cursor = "";
        do {
            var page = get(path + cursor);
            page.path(list).forEach(entry -> values.add(entry.path(field).asString("")));
            var next = page.path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString("");
        } while (!cursor.isEmpty());
        return values;
    }

    public void awaitStatus(String pedidoId, String status) {
        system.awaitCount(
                RootLocale.format(
                        "select count(*) from pedidos where pedido_id = '%s' and status = '%s'", pedidoId, status),
                1);
    }

    /** Event types, oldest first. */
    public String events(String externalId) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select string_agg(event_type, ' ' order by id) from operation_events where external_id = ?")
                        .bind(0, externalId)
                        .mapTo(String.class)
                        .one());
    }

    /** Waits until a redrive is finished. */
    public JsonNode awaitRedrive(String redriveId) {
        return Awaitility.await("redrive " + redriveId)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> get("/dlq/redrives/" + redriveId),
                        progress -> progress.path("status").asString("").equals("DONE"));
    }
}
