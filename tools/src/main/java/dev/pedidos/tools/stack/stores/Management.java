package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The calls of RabbitMQ's management HTTP API that are needed here. */
record Management(String url, String user, String password) {
    /** A broker that is being hurt may take that long. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** True if it is up and our credentials are an administrator's. */
    boolean answers() throws InterruptedException {
        try {
            HttpResponse<String> answer = call("GET", "/api/whoami", BodyPublishers.noBody());
            return answer.statusCode() == 200 && answer.body().contains("administrator");
        } catch (IOException down) {
            return false;
        }
    }

    void createVhost(String vhost) throws IOException, InterruptedException {
        ask("PUT", "/api/vhosts/" + vhost, "{}");
        ask(
                "PUT",
                "/api/permissions/" + vhost + "/"
                        + URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20"),
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
    }

    void deleteVhost(String vhost) throws IOException, InterruptedException {
        ask("DELETE", "/api/vhosts/" + vhost, "");
    }

    /** @throws IOException the broker is down or refuses */
    String ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(method, path, BodyPublishers.ofString(body));
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(RootLocale.format(
                    "RabbitMQ's management API refused %s %s with %d: %s",
                    method, path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private HttpResponse<String> call(String method, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
