package dev.pedidos.shared.broker;

import com.rabbitmq.client.Channel;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import java.io.IOException;

/**
 * Counts messages of quorum queues, where a 0 decides something. RabbitMQ also says 0 messages and 0 consumers if a queue
 * has no leader, or one that does not answer within 250 ms. Only a leader answers a basic.get.
 */
final class QueueCounts {

    private QueueCounts() {}

    /**
     * The number of messages that are not delivered to anybody. 0 is certain.
     *
     * @throws IOException among others, there are messages after all: one may be taken now, end the connection
     */
    static int ready(Channel channel, String queue) throws IOException {
        int ready = shown(channel, queue);
        if (ready == 0 && channel.basicGet(queue, false) != null) {
            throw new IOException("the broker said that " + queue + " was empty");
        }
        return ready;
    }

    /** As {@link #ready}, but takes no message: 0 is not certain. */
    static int shown(Channel channel, String queue) throws IOException {
        return channel.queueDeclarePassive(queue).getMessageCount();
    }

    /**
     * Returns when the leader of a shard has answered. It refuses a basic.get, because a shard has a single active consumer.
     *
     * @throws IOException among others, it does not answer
     */
    static void awaitLeaderOf(String shard, ReopeningChannel channels) throws IOException {
        try {
            channels.run(channel -> channel.basicGet(shard, false));
        } catch (IOException e) {
            if (!BrokerFault.isLocked(e)) {
                throw e;
            }
        }
    }
}
