package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of one queue: one channel, one thread, acknowledged by hand. It handles one delivery at a time, or those that are
 * at hand together. The handler may go on with some of them on threads of its own. Deliveries that the broker sends ahead, and
 * those that are not finished, are at most as many as the prefetch.
 */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration CANCEL_WAIT = Duration.ofSeconds(5);

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final long number;
    private final DeliveryHandler handler;
    private final ConsumeBounds bounds;
    private final Acks acks;
    private final QueueConsumer consumer;
    /** An empty entry wakes the thread: it is to stop, or to acknowledge what others have finished. */
    private final BlockingQueue<Optional<Delivery>> sentAhead = new LinkedBlockingQueue<>();

    private final Thread worker;
    private volatile boolean stopped;
    /** The broker numbers the deliveries of a channel from 1. */
    private volatile long lastSent;

    private Subscription(
            Connection connection,
            Channel channel,
            String queue,
            long number,
            ConsumeBounds bounds,
            DeliveryHandler handler) {
        this.connection = connection;
        this.channel = channel;
        this.queue = queue;
        this.number = number;
        this.handler = handler;
        this.bounds = bounds;
        this.consumer = new QueueConsumer();
        this.acks = new Acks(channel, Math.max(1, bounds.prefetch() / 2));
        this.worker = Thread.ofPlatform().name(queue).daemon().unstarted(this::work);
    }

    /**
     * Has a channel, and no deliveries yet.
     *
     * @param number unique in this process
     */
    static Subscription on(
            Connection connection, String queue, long number, ConsumeBounds bounds, DeliveryHandler handler)
            throws IOException {
        var channel = Channels.open(connection);
        channel.basicQos(bounds.prefetch());
        return new Subscription(connection, channel, queue, number, bounds, handler);
    }

    /** @throws IOException among others, the broker does not let this queue be consumed */
    void begin() throws IOException {
        // First: a consumer without a thread would keep its deliveries.
        worker.start();
        try {
            channel.basicConsume(queue, false, consumer);
            // Not before: the other consumers of the connection stay if this queue cannot be consumed.
            channel.addShutdownListener(cause -> ConnectionEnd.closeOnFault(cause, connection));
        } catch (Throwable failure) {
            announceStop();
            throw failure;
        }
    }

    String queue() {
        return queue;
    }

    long number() {
        return number;
    }

    /** Starts no further delivery. */
    void announceStop() {
        stopped = true;
        sentAhead.add(Optional.empty());
    }

    /** Waits until the current delivery is finished. */
    void awaitEnd() throws InterruptedException {
        worker.join();
    }

    boolean hasEnded() {
        return !worker.isAlive();
    }

    private void work() {
        try {
            while (!stopped) {
                var next = sentAhead.poll();
                if (next == null) {
                    acks.flush();
                    next = sentAhead.take();
                }
                if (next.isPresent() && !stopped) {
                    handler.handle(atHand(next.get()));
                }
            }
        } catch (Exception | Error e) {
            acks.flush();
            abandon(e);
        } finally {
            finish();
            acks.flush();
            closeChannel();
        }
    }

    /**
     * Waits for the deliveries that are worked on by other threads. Each is acknowledged when it ends, which may take long: the next
     * consumer of the queue gets the others before that.
     */
    private void finish() {
        acks.flush();
        try {
            var begun = handler.beginNoMore();
            if (!begun.isEmpty() && consumer.cancel()) {
                acks.giveBack(lastSent, deliveryTags(begun));
            }
            handler.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<Long> deliveryTags(Collection<Delivery> deliveries) {
        return deliveries.stream()
                .filter(BrokerDelivery.class::isInstance)
                .map(delivery -> ((BrokerDelivery) delivery).deliveryTag())
                .collect(Collectors.toSet());
    }

    /** On any thread. This consumer's thread tells the broker, when no delivery waits for it, until it takes no more of them. */
    void ack(long deliveryTag) {
        acks.add(deliveryTag);
        if (stopped) {
            acks.flush();
        } else if (Thread.currentThread() != worker) {
            sentAhead.add(Optional.empty());
        }
    }

    void reject(long deliveryTag) {
        acks.reject(deliveryTag);
    }

    /** Starts no further delivery; all that are not finished go back to the queue. */
    void abandon(Throwable failure) {
        if (failure instanceof DeliveryPaused) {
            LOG.debug("a delivery of {} goes back to its queue until work is resumed", queue);
        } else {
            giveBack(failure);
        }
        announceStop();
    }

    private List<Delivery> atHand(Delivery first) {
        List<Delivery> together = new ArrayList<>(List.of(first));
        long bytes = first.body().length;
        while (together.size() < bounds.together()) {
            var next = Objects.requireNonNullElse(sentAhead.peek(), Optional.<Delivery>empty());
            if (next.isEmpty()) {
                return together;
            }
            bytes += next.get().body().length;
            if (bytes > bounds.bytesTogether()) {
                return together;
            }
            together.add(next.get());
            sentAhead.remove();
        }
        return together;
    }

    /** Returns the deliveries that were sent ahead to the queue. */
    private void closeChannel() {
        try {
            channel.abort();
        } catch (IOException e) {
            LOG.debug("the channel was closed already", e);
        }
    }

    /** The broker redelivers an unacknowledged message only after its channel has ended. */
    private void giveBack(Throwable failure) {
        if (stopped) {
            LOG.info("stopped during a delivery of {}: it goes back to its queue", queue);
            return;
        }
        LOG.error(
                "a delivery of {} stays unacknowledged; opening the connection again, so that it is redelivered",
                queue,
                failure);
        ConnectionEnd.abort(connection);
    }

    private final class QueueConsumer extends DefaultConsumer {

        private final CountDownLatch over = new CountDownLatch(1);

        QueueConsumer() {
            super(channel);
        }

        /** Returns whether the broker sends no more deliveries, and all that it has sent are here. */
        boolean cancel() throws InterruptedException {
            try {
                channel.basicCancel(getConsumerTag());
                return over.await(CANCEL_WAIT.toNanos(), TimeUnit.NANOSECONDS) && channel.isOpen();
            } catch (IOException | ShutdownSignalException e) {
                LOG.debug("the channel was closed already", e);
                return false;
            }
        }

        @Override
        public void handleCancelOk(String consumerTag) {
            over.countDown();
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            lastSent = envelope.getDeliveryTag();
            sentAhead.add(Optional.of(new BrokerDelivery(Subscription.this, envelope, properties, body)));
        }

        /** The queue was deleted, its node went down, or a delivery was held for too long (RabbitMQ 4.3). */
        @Override
        public void handleCancel(String consumerTag) {
            ConnectionEnd.abort(connection);
        }
    }
}
