package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * For a user who may not configure: checks that exchanges and queues exist, which needs no right. It cannot see
 * arguments and bindings; a message without a binding is returned to its publisher.
 */
final class TopologyCheck {

    private interface Look {
        void on(Channel channel) throws IOException;
    }

    private TopologyCheck() {}

    /** @throws TopologyMismatch something is missing; the message names all of it */
    static void everythingIsThere(Topology topology, Connection connection) throws IOException {
        List<String> missing = new ArrayList<>();
        for (var exchange : topology.exchanges()) {
            if (!isThere(connection, channel -> channel.exchangeDeclarePassive(exchange.name()))) {
                missing.add("exchange " + exchange.name());
            }
        }
        for (var queue : topology.queues()) {
            if (!isThere(connection, channel -> channel.queueDeclarePassive(queue.name()))) {
                missing.add("queue " + queue.name());
            }
        }
        if (!missing.isEmpty()) {
            throw TopologyMismatch.missing(missing);
        }
    }

    /** Looking for something that is missing closes the channel, so each look has its own. */
    private static boolean isThere(Connection connection, Look look) throws IOException {
        try (var channel = Channels.open(connection)) {
            look.on(channel);
            return true;
        } catch (TimeoutException e) {
            throw new IOException("no answer to a passive declaration", e);
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
