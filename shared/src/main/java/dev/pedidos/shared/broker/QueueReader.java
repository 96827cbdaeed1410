package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from one queue on request, and holds none in between. For one thread. A queue that the broker does not have is empty.
 * Every other error is thrown; {@link #giveBack} then returns all unacknowledged messages to their places.
 */
public final class QueueReader implements ConnectionUser {

    /** The messages have more bytes than there is room for. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge(int messages) {
            super(messages + " messages have more bytes than there is room for");
        }
    }

    private interface Count {
        int of(Channel channel) throws IOException;
    }

    private static final int LARGEST_ASKED = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String queue;
    private final MissingQueues missing;
    private volatile @Nullable Channel channel;
    /** The broker numbers the deliveries of a channel from 1. */
    private volatile long acknowledged;

    private int askedAtOnce = LARGEST_ASKED;

    /** @param onMissing told that the broker does not have the queue; must not wait */
    public QueueReader(String queue, Runnable onMissing) {
        this.queue = queue;
        missing = new MissingQueues(onMissing);
    }

    public String queue() {
        return queue;
    }

    @Override
    public void connected(Connection connection) throws IOException {
        Channel fresh = Channels.open(connection);
        fresh.addShutdownListener(cause -> {
            if (!BrokerFault.isMissing(cause)) {
                ConnectionEnd.closeOnFault(cause, connection);
            }
        });
        acknowledged = 0;
        channel = fresh;
    }

    @Override
    public void lost() {
        channel = null;
    }

    /** False also for a few seconds after the broker did not have the queue. */
    public boolean isUp() {
        Channel current = channel;
        return current != null && (current.isOpen() || lacksTheQueue(current)) && !missing.rests(queue);
    }

    /** The number of messages that are not delivered to anybody; also 0 while the queue has no leader, or a slow one. */
    public int ready() throws IOException {
        return count(channel -> QueueCounts.shown(channel, queue));
    }

    /**
     * As {@link #ready}, but 0 is certain.
     *
     * @throws IOException among others, the queue was said to be empty and is not
     */
    public int certainlyReady() throws IOException {
        return count(channel -> QueueCounts.ready(channel, queue));
    }

    private int count(Count count) throws IOException {
        try {
            int messages = count.of(there());
            missing.forget(queue);
            return messages;
        } catch (IOException e) {
            throwUnlessMissing(e);
            return 0;
        }
    }

    /** @throws IOException it is another failure */
    private void throwUnlessMissing(IOException failure) throws IOException {
        if (!BrokerFault.isMissing(failure)) {
            giveUpIfSilent(failure);
            throw failure;
        }
        missing.reported(queue);
    }

    private void giveUpIfSilent(IOException failure) {
        var current = channel;
        if (failure instanceof ChannelContinuationTimeoutException && current != null) {
            ConnectionEnd.giveUp(current.getConnection());
        }
    }

    private static boolean lacksTheQueue(Channel closed) {
        return closed.getConnection().isOpen()
                && closed.getCloseReason() != null
                && BrokerFault.isMissing(closed.getCloseReason());
    }

    /** Whether as many are not delivered to anybody; false while the connection is lost. */
    public boolean hasReady(int messages) {
        try {
            return isUp() && ready() >= messages;
        } catch (IOException | AlreadyClosedException e) {
            return false;
        }
    }

    /**
     * The first messages of the queue. It asks for no more than the queue has, so that none is on its way when it
     * returns: nobody else may take from this queue meanwhile.
     *
     * @param bytes the most that the messages may have together, with their headers; a single larger one is taken alone
     * @return at most {@code most} messages, and as many as are likely to fit {@code bytes}; empty if the queue is
     * empty
     * @throws TooLarge they were larger: give all back; the next call asks for fewer
     */
    public List<PulledMessage> take(int most, long bytes) throws IOException, InterruptedException, TooLarge {
        Channel from = there();
        int wanted = Math.min(Math.min(most, askedAtOnce), ready());
        if (wanted == 0) {
            return List.of();
        }
        var arriving = new CollectingConsumer(from, bytes);
        try {
            from.basicQos(wanted);
            String consumer = from.basicConsume(queue, false, arriving);
            arriving.await(wanted);
            from.basicCancel(consumer);
        } catch (IOException e) {
            giveUpIfSilent(e);
            throw e;
        }
        List<PulledMessage> taken = arriving.kept();
        if (taken.size() < wanted) {
            askedAtOnce = taken.size();
            throw new TooLarge(wanted);
        }
        if (2 * arriving.bytes() <= bytes) {
            askedAtOnce = Math.min(LARGEST_ASKED, 2 * askedAtOnce);
        }
        return taken;
    }

    /** The first message. Others may take from the queue at the same time. */
    public Optional<PulledMessage> takeOne() throws IOException {
        try {
            var message = there().basicGet(queue, false);
            missing.forget(queue);
            return message == null
                    ? Optional.empty()
                    : Optional.of(PulledMessage.of(message.getEnvelope(), message.getProps(), message.getBody()));
        } catch (IOException e) {
            throwUnlessMissing(e);
            return Optional.empty();
        }
    }

    /**
     * Acknowledges all that were taken. One acknowledgement covers all earlier deliveries of the channel, so none of
     * them may be missing from the list.
     */
    public void acknowledge(List<PulledMessage> taken) throws IOException {
        if (taken.isEmpty()) {
            return;
        }
        Channel to = there();
        long last = taken.getLast().deliveryTag();
        if (last - acknowledged != taken.size()) {
            throw new IOException(RootLocale.format(
                    "%d deliveries since the last acknowledgement, %d of them taken",
                    last - acknowledged, taken.size()));
        }
        to.basicAck(last, true);
        acknowledged = last;
    }

    /** Returns all unacknowledged messages to the queue, before later ones. */
    public void giveBack() {
        Channel current = channel;
        if (current != null) {
            ConnectionEnd.abort(current.getConnection());
        }
    }

    private Channel there() throws IOException {
        Channel current = channel;
        if (current != null && !current.isOpen() && lacksTheQueue(current)) {
            connected(current.getConnection());
            current = channel;
        }
        if (current == null || !current.isOpen()) {
            throw new IOException("the broker is down");
        }
        return current;
    }

    /** Keeps the first messages, up to a number of bytes, and counts the rest. */
    private static final class CollectingConsumer extends DefaultConsumer {
        private final long mostBytes;
        private final List<PulledMessage> kept = new ArrayList<>();
        private final Semaphore arrived = new Semaphore(0);
        private long bytes;
        private boolean full;

        CollectingConsumer(Channel channel, long mostBytes) {
            super(channel);
            this.mostBytes = mostBytes;
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            var message = PulledMessage.of(envelope, properties, body);
            long weight = message.weight();
            full |= !kept.isEmpty() && bytes + weight > mostBytes;
            if (!full) {
                bytes += weight;
                kept.add(message);
            }
            arrived.release();
        }

        void await(int wanted) throws IOException, InterruptedException {
            if (!arrived.tryAcquire(wanted, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(arrived.availablePermits() + " of " + wanted + " messages were handed out");
            }
        }

        /** Call it after {@link #await}: then no more messages arrive. */
        List<PulledMessage> kept() {
            return kept;
        }

        long bytes() {
            return bytes;
        }
    }
}
