package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A test's own vhost, for an administrator. */
public final class VhostAdmin {

    private static final JsonMapper JSON = new JsonMapper();

    private final String management;
    private final URI amqp;

    public VhostAdmin(Stores stores) {
        management = stores.managementUrl().orElseThrow();
        amqp = URI.create(stores.amqpUri());
    }

    /** The names of all queues. */
    List<String> queues() throws Exception {
        List<String> names = new ArrayList<>();
        for (var queue : JSON.readTree(send("GET", "queues/" + vhost() + "?columns=name", ""))) {
            names.add(queue.path("name").stringValue());
        }
        return names;
    }

    /** @param name a limit, for example {@code max-queues}; -1: none */
    public void set(String name, int value) throws Exception {
        send("PUT", "vhost-limits/" + vhost() + "/" + name, "{\"value\":" + value + "}");
    }

    /** From now on the broker refuses messages for this queue while it holds more than one. */
    public void boundLength(String queue) throws Exception {
        setPolicy(queue, "^" + queue + "$", "{\"max-length\":1,\"overflow\":\"reject-publish\"}");
    }

    public void unboundLength(String queue) throws Exception {
        clearPolicy(queue);
    }

    /**
     * @param queues a regular expression
     * @param definition JSON
     */
    public void setPolicy(String name, String queues, String definition) throws Exception {
        send(
                "PUT",
                "policies/" + vhost() + "/" + name,
                "{\"pattern\":\"" + queues + "\",\"apply-to\":\"queues\",\"definition\":" + definition + "}");
    }

    public void clearPolicy(String name) throws Exception {
        send("DELETE", "policies/" + vhost() + "/" + name, "");
    }

    /** Publishes with a header that no frame of AMQP 0-9-1 has room for. */
    public void publish(String queue, String header, String value, String body) throws Exception {
        var message = JSON.createObjectNode()
                .put("routing_key", queue)
                .put("payload", body)
                .put("payload_encoding", "string");
        message.putObject("properties").putObject("headers").put(header, value);
        send("POST", "exchanges/" + vhost() + "/amq.default/publish", message.toString());
    }

    private String vhost() {
        return amqp.getPath().substring(1);
    }

    private String send(String method, String path, String body) throws Exception {
        var credentials = Base64.getEncoder().encodeToString(amqp.getUserInfo().getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(management + "/api/" + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }
    }
}
