package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The broker's management API for an operator. Its counts are up to half a second old. */
public final class BrokerAdmin {

    /** The messages in a queue. */
    public record Queue(String name, long ready, long unacknowledged) {}

    /** No count is older than this. */
    public static final Duration STATISTICS = Duration.ofMillis(700);

    private static final JsonMapper JSON = new JsonMapper();

    private final KillableServers servers;

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
        servers.manage("DELETE", "/api/queues/" + vhost() + "/" + encoded(queue) + "/contents");
    }

    public void delete(String queue) throws IOException, InterruptedException {
        servers.manage("DELETE", "/api/queues/" + vhost() + "/" + encoded(queue));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(servers.manage("GET", path));
    }

    private String vhost() throws IOException {
        return encoded(URI.create(servers.amqpUri()).getPath().substring(1));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
