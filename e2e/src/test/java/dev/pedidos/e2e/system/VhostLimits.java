package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The limits of a test's own vhost, as an administrator sets them. */
public final class VhostLimits {

    private final String management;
    private final URI amqp;

    public VhostLimits(Stores stores) {
        management = stores.managementUrl().orElseThrow();
        amqp = URI.create(stores.amqpUri());
    }

    /** @param name for example {@code max-queues}; -1: none */
    public void set(String name, int value) throws Exception {
        send("PUT", "vhost-limits", name, "{\"value\":" + value + "}");
    }

    /** From now on the broker refuses messages for this queue while it holds more than one. */
    public void boundLength(String queue) throws Exception {
        send(
                "PUT",
                "policies",
                queue,
                "{\"pattern\":\"^" + queue + "$\",\"apply-to\":\"queues\","
                        + "\"definition\":{\"max-length\":1,\"overflow\":\"reject-publish\"}}");
    }

    public void unboundLength(String queue) throws Exception {
        send("DELETE", "policies", queue, "");
    }

    private void send(String method, String kind, String name, String body) throws Exception {
        String vhost = amqp.getPath().substring(1);
        var credentials = Base64.getEncoder().encodeToString(amqp.getUserInfo().getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(management + "/api/" + kind + "/" + vhost + "/" + name))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(name + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
