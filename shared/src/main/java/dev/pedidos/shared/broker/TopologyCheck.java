package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * For a user who may not configure: checks that exchanges and queues exist, which needs no right. It cannot see
 * arguments and bindings; a message without a binding is returned to its publisher.
 */
final class TopologyCheck {

    private TopologyCheck() {}

    /** The names of all that is missing. */
    static List<String> missing(Topology topology, Connection connection) throws IOException {
        List<String> missing = new ArrayList<>();
        try (var channels = new ReopeningChannel(connection)) {
            for (var exchange : topology.exchanges()) {
                if (!isThere(channels, channel -> channel.exchangeDeclarePassive(exchange.name()))) {
                    missing.add("exchange " + exchange.name());
                }
            }
            for (var queue : topology.queues()) {
                if (!queueIsThere(channels, queue.name())) {
                    missing.add("queue " + queue.name());
                }
            }
        }
        return missing;
    }

    static boolean queueIsThere(ReopeningChannel channels, String name) throws IOException {
        return isThere(channels, channel -> channel.queueDeclarePassive(name));
    }

    /** Takes a new channel for the next step if the broker says no. */
    private static boolean isThere(ReopeningChannel channels, ReopeningChannel.Call look) throws IOException {
        try {
            channels.run(look);
            return true;
        } catch (IOException e) {
            if (Causes.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }
}
