package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages of one queue when it is told to, and holds none in between. For one thread. Whatever goes wrong throws,
 * and {@link #giveBack} puts all that is not acknowledged back in its place.
 */
public final class QueueReader implements BrokerLink.Tenant {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String queue;
    private volatile @Nullable Channel channel;
    /** Tags count the deliveries of a channel from 1. */
    private volatile long acknowledged;

    public QueueReader(String queue) {
        this.queue = queue;
    }

    public String queue() {
        return queue;
    }

    @Override
    public void connected(Connection connection) throws IOException {
        Channel fresh = Channels.open(connection);
        fresh.addShutdownListener(cause -> BrokerLink.closeOnFault(cause, connection));
        acknowledged = 0;
        channel = fresh;
    }

    @Override
    public void lost() {
        channel = null;
    }

    public boolean isUp() {
        return channel != null;
    }

    /** How many lie there and are in nobody's hands. */
    public int ready() throws IOException {
        return there().queueDeclarePassive(queue).getMessageCount();
    }

    /**
     * The first ones of the queue. As many are asked for as lie there, so that none is under way when it returns: nobody
     * else may take from this queue meanwhile.
     *
     * @return as many as lay there, up to {@code most}
     */
    public List<Taken> take(int most) throws IOException, InterruptedException {
        Channel from = there();
        int wanted = Math.min(most, ready());
        if (wanted == 0) {
            return List.of();
        }
        BlockingQueue<Taken> arriving = new LinkedBlockingQueue<>();
        from.basicQos(wanted);
        String consumer = from.basicConsume(queue, false, new Receiver(from, arriving));
        List<Taken> taken = gathered(arriving, wanted);
        from.basicCancel(consumer);
        return taken;
    }

    /** The first one; others may take at the same time. */
    public Optional<Taken> takeOne() throws IOException {
        var message = there().basicGet(queue, false);
        return message == null
                ? Optional.empty()
                : Optional.of(Taken.of(message.getEnvelope(), message.getProps(), message.getBody()));
    }

    /** Done with all that were taken. One acknowledgement covers all before it: none of them may be one that was not taken. */
    public void acknowledge(List<Taken> taken) throws IOException {
        if (taken.isEmpty()) {
            return;
        }
        Channel to = there();
        long last = taken.getLast().tag();
        if (last - acknowledged != taken.size()) {
            throw new IOException(RootLocale.format(
                    "%d deliveries since the last acknowledgement, %d of them taken",
                    last - acknowledged, taken.size()));
        }
        to.basicAck(last, true);
        acknowledged = last;
    }

    /** What is not acknowledged lies in its queue again, before what came later. */
    public void giveBack() {
        Channel current = channel;
        if (current != null) {
            BrokerLink.abort(current.getConnection());
        }
    }

    private static List<Taken> gathered(BlockingQueue<Taken> arriving, int wanted)
            throws IOException, InterruptedException {
        List<Taken> taken = new ArrayList<>(wanted);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (taken.size() < wanted) {
            Taken next = arriving.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IOException(RootLocale.format("%d of %d messages were handed out", taken.size(), wanted));
            }
            taken.add(next);
        }
        return taken;
    }

    private Channel there() throws IOException {
        Channel current = channel;
        if (current == null || !current.isOpen()) {
            throw new IOException("the broker is away");
        }
        return current;
    }

    private static final class Receiver extends DefaultConsumer {
        private final BlockingQueue<Taken> arriving;

        Receiver(Channel channel, BlockingQueue<Taken> arriving) {
            super(channel);
            this.arriving = arriving;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            arriving.add(Taken.of(envelope, properties, body));
        }
    }
}
