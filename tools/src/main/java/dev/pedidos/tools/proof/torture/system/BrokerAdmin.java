package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The broker's management API for an operator. Its counts are up to half a second old. */
public final class BrokerAdmin implements AutoCloseable {

    /** The messages in a queue. */
    public record Queue(String name, long ready, long unacknowledged) {}

    /** No count is older than this. */
    public static final Duration STATISTICS = Duration.ofMillis(700);

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final KillableServers servers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    public BrokerAdmin(KillableServers servers) {
        this.servers = servers;
    }

    public List<Queue> queues() throws IOException, InterruptedException {
        List<Queue> queues = new ArrayList<>();
        for (JsonNode queue : get("/api/queues/" + vhost() + "?columns=name,messages_ready,messages_unacknowledged")) {
            queues.add(new Queue(
                    queue.path("name").stringValue(""),
                    queue.path("messages_ready").asLong(0),
                    queue.path("messages_unacknowledged").asLong(0)));
        }
        return queues;
    }

    /** Waits until a queue is empty and nothing in it is unacknowledged, or the patience is over. */
    public void awaitEmpty(String queue, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            Thread.sleep(STATISTICS);
        } while (holdsAny(queue) && System.nanoTime() < deadline);
    }

    private boolean holdsAny(String name) throws IOException, InterruptedException {
        return queues().stream()
                .anyMatch(queue -> queue.name().equals(name) && queue.ready() + queue.unacknowledged() > 0);
    }

    /** Connections that the broker does not read from, because of an alarm. */
    public long blockedConnections() throws IOException, InterruptedException {
        long blocked = 0;
        for (JsonNode connection : get("/api/connections?columns=name,state")) {
            blocked += connection.path("state").stringValue("").startsWith("block") ? 1 : 0;
        }
        return blocked;
    }

    /** The number of unacknowledged deliveries of a program. */
    public long unacknowledgedBy(FleetMember member) throws IOException, InterruptedException {
        long unacknowledged = 0;
        for (JsonNode channel : get("/api/channels?columns=messages_unacknowledged,connection_details")) {
            int port = channel.path("connection_details").path("peer_port").asInt(0);
            if (member.broker().serverSidePorts().contains(port)) {
                unacknowledged += channel.path("messages_unacknowledged").asLong(0);
            }
        }
        return unacknowledged;
    }

    public void purge(String queue) throws IOException, InterruptedException {
        call("DELETE", "/api/queues/" + vhost() + "/" + encoded(queue) + "/contents", "");
    }

    public void delete(String queue) throws IOException, InterruptedException {
        call("DELETE", "/api/queues/" + vhost() + "/" + encoded(queue), "");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(call("GET", path, ""));
    }

    /** @throws IOException the broker is down or refuses */
    private String call(String method, String path, String body) throws IOException, InterruptedException {
        String credentials = URI.create(servers.amqpUri()).getUserInfo();
        var request = HttpRequest.newBuilder(URI.create(servers.managementUrl() + path))
                .method(method, BodyPublishers.ofString(body))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(RootLocale.format(
                    "RabbitMQ's management API refused %s %s with %d: %s",
                    method, path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    private String vhost() throws IOException {
        return encoded(URI.create(servers.amqpUri()).getPath().substring(1));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
