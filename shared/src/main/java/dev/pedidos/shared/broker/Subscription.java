package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of one queue on a channel of its own, with manual acknowledgement. Deliveries come strictly one at a time:
 * the client runs at most one callback per channel, on a thread of the connection.
 */
public final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Connection connection;
    private final Channel channel;
    private final Consumer<Delivery> handler;
    private final ReentrantLock inHand = new ReentrantLock();
    private volatile boolean stopped;

    private Subscription(Connection connection, Channel channel, Consumer<Delivery> handler) {
        this.connection = connection;
        this.channel = channel;
        this.handler = handler;
    }

    /** @param prefetch unacknowledged deliveries that the broker may send ahead */
    public static Subscription open(Connection connection, String queue, int prefetch, Consumer<Delivery> handler)
            throws IOException {
        var channel = connection.createChannel();
        channel.addShutdownListener(cause -> BrokerLink.closeOnFault(cause, connection));
        channel.basicQos(prefetch);
        var subscription = new Subscription(connection, channel, handler);
        channel.basicConsume(queue, false, subscription.new Receiver());
        return subscription;
    }

    /** Lets the delivery in hand come to its end; what was sent ahead goes back to the queue with the channel. */
    public void stop() {
        stopped = true;
        inHand.lock();
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("closing a channel that is gone already", e);
        } finally {
            inHand.unlock();
        }
    }

    private final class Receiver extends DefaultConsumer {

        Receiver() {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            inHand.lock();
            try {
                if (!stopped) {
                    handler.accept(new Delivery(channel, envelope, properties, body));
                }
            } finally {
                inHand.unlock();
            }
        }

        /** The queue was deleted, or its node went down. */
        @Override
        public void handleCancel(String tag) {
            BrokerLink.abort(connection);
        }
    }
}
