package dev.pedidos.e2e.system;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to an API in full detail: headers both ways, bodies of any bytes. */
public final class Http {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    public Http(TestProgram api) {
        this.base = api.url();
    }

    /** @param headers name, value, name, value ... */
    public CompletableFuture<HttpResponse<String>> send(
            String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** @param headers beside that of the content: name, value, name, value ... */
    public CompletableFuture<HttpResponse<String>> sendJson(
            String method, String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send(method, path, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    public HttpResponse<String> json(String method, String path, String body) throws Exception {
        return sendJson(method, path, body).get();
    }

    public HttpResponse<String> post(byte[] body) throws Exception {
        return send("POST", "/pedidos", BodyPublishers.ofByteArray(body), "Content-Type", "application/json")
                .get();
    }

    public HttpResponse<String> withKey(String key, String body) throws Exception {
        return sendJson("POST", "/pedidos", body, "Idempotency-Key", key).get();
    }

    public JsonNode get(String path) throws Exception {
        return tree(send("GET", path, BodyPublishers.noBody()).get());
    }

    public static JsonNode tree(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }
}
