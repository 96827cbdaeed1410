package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.topology.ExchangeSpec;
import dev.pedidos.shared.topology.QueueSpec;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * For a user who may not configure: checks that exchanges and queues exist. It cannot see arguments and bindings; a
 * message without a binding is returned to its publisher. From RabbitMQ 4.2.6 on a user may look only at what it has a
 * right to: the rest counts as there.
 */
final class TopologyCheck {

    private TopologyCheck() {}

    /** The names of all that is missing. */
    static List<String> missing(Topology topology, Connection connection) throws IOException {
        var exchanges = topology.exchanges().stream().map(ExchangeSpec::name).toList();
        var queues = topology.queues().stream().map(QueueSpec::name).toList();
        return missing(exchanges, queues, connection);
    }

    static List<String> missing(List<String> exchanges, List<String> queues, Connection connection) throws IOException {
        List<String> missing = new ArrayList<>();
        try (var channels = new ReopeningChannel(connection)) {
            for (var exchange : exchanges) {
                if (!isThereOrHidden(channels, channel -> channel.exchangeDeclarePassive(exchange))) {
                    missing.add("exchange " + exchange);
                }
            }
            for (var queue : queues) {
                if (!isThereOrHidden(channels, channel -> channel.queueDeclarePassive(queue))) {
                    missing.add("queue " + queue);
                }
            }
        }
        return missing;
    }

    private static boolean isThereOrHidden(ReopeningChannel channels, ReopeningChannel.Call look) throws IOException {
        try {
            return isThere(channels, look);
        } catch (IOException e) {
            if (BrokerFault.isForbidden(e)) {
                return true;
            }
            throw e;
        }
    }

    /** @throws IOException among others, this user may not look at it */
    static boolean queueIsThere(ReopeningChannel channels, String name) throws IOException {
        return isThere(channels, channel -> channel.queueDeclarePassive(name));
    }

    /** Takes a new channel for the next step if the broker says no. */
    private static boolean isThere(ReopeningChannel channels, ReopeningChannel.Call look) throws IOException {
        try {
            channels.run(look);
            return true;
        } catch (IOException e) {
            if (BrokerFault.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }
}
