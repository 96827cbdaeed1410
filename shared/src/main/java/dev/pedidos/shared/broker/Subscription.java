package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of one queue on a channel of its own, with manual acknowledgement. Deliveries come strictly one at a time:
 * the client runs at most one callback per channel, on a thread of the connection.
 */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final DeliveryHandler handler;
    private final ReentrantLock inHand = new ReentrantLock();
    private volatile boolean stopped;

    private Subscription(Connection connection, Channel channel, String queue, DeliveryHandler handler) {
        this.connection = connection;
        this.channel = channel;
        this.queue = queue;
        this.handler = handler;
    }

    /** @param prefetch unacknowledged deliveries that the broker may send ahead */
    static Subscription open(Connection connection, String queue, int prefetch, DeliveryHandler handler)
            throws IOException {
        var channel = connection.createChannel();
        channel.addShutdownListener(cause -> BrokerLink.closeOnFault(cause, connection));
        channel.basicQos(prefetch);
        var subscription = new Subscription(connection, channel, queue, handler);
        channel.basicConsume(queue, false, subscription.new Receiver());
        return subscription;
    }

    /** No further delivery is begun. */
    void announceStop() {
        stopped = true;
    }

    /** Lets the delivery in hand come to its end; what was sent ahead goes back to the queue with the channel. */
    void stop() {
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
                    handler.handle(new Delivery(channel, envelope, properties, body));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                giveBack(e);
            } finally {
                inHand.unlock();
            }
        }

        /** A delivery that is neither acknowledged nor rejected comes again only when its channel ends. */
        private void giveBack(Exception failure) {
            if (stopped) {
                LOG.info("stopped with a delivery of {} in hand: it goes back to its queue", queue);
                return;
            }
            LOG.error(
                    "a delivery of {} stays unacknowledged, opening the connection anew: it comes again",
                    queue,
                    failure);
            BrokerLink.abort(connection);
        }

        /** The queue was deleted, or its node went down. */
        @Override
        public void handleCancel(String tag) {
            BrokerLink.abort(connection);
        }
    }
}
