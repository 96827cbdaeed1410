package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator who handles dead letters through the HTTP API of any API. */
public final class DeadLetterOperator implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int DONE = 2;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Crew crew;

    public DeadLetterOperator(Crew crew) {
        this.crew = crew;
    }

    /** Ids of some dead pedidos, from the first API that answers; empty if none does. */
    public List<String> dead(int most) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int api = 0; api < crew.apis().size() && ids.isEmpty(); api++) {
            for (JsonNode dead : get(api, "/dlq?limit=" + most).path("mortos")) {
                ids.add(dead.path("pedido_id").stringValue(""));
            }
        }
        return ids;
    }

    /** True if this request redrove it. */
    public boolean redrive(int api, String pedidoId) throws IOException, InterruptedException {
        return send(api, "POST", "/dlq/" + pedidoId + "/redrive", "").statusCode() / 100 == DONE;
    }

    /** Returns the number of selected letters; also 0 if the API did not answer. */
    public long redriveAll(String motivo, int perSecond) throws InterruptedException {
        try {
            var answer = send(
                    0,
                    "POST",
                    "/dlq/redrive",
                    RootLocale.format("{\"motivo\":\"%s\",\"por_segundo\":%d}", motivo, perSecond));
            return answer.statusCode() / 100 == DONE
                    ? JSON.readTree(answer.body()).path("selecionados").asLong(0)
                    : 0;
        } catch (IOException away) {
            return 0;
        }
    }

    /** True if this request discarded it. */
    public boolean discard(int api, String pedidoId) throws IOException, InterruptedException {
        return send(api, "DELETE", "/dlq/" + pedidoId, "{\"motivo\":\"tortura\"}")
                                .statusCode()
                        / 100
                == DONE;
    }

    private JsonNode get(int api, String path) throws InterruptedException {
        try {
            var answer = send(api, "GET", path, "");
            return answer.statusCode() / 100 == DONE ? JSON.readTree(answer.body()) : JSON.missingNode();
        } catch (IOException away) {
            return JSON.missingNode();
        }
    }

    private HttpResponse<String> send(int api, String method, String path, String body)
            throws IOException, InterruptedException {
        var apis = crew.apis();
        URI url = apis.get(Math.floorMod(api, apis.size())).url().resolve(path);
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
