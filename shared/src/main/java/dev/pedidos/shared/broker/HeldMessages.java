package dev.pedidos.shared.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages of a queue from its front and holds them, so that nobody else receives them. When it is closed they
 * return to the front, in their order, without those that were acknowledged.
 *
 * <p>A consumer of a quorum queue holds 65,535 messages at the most. So each full channel is followed by another one. A
 * channel has one consumer, and no {@code basic.get} takes its messages. If a channel ends with more than 32 messages of
 * {@code basic.get}, RabbitMQ (seen with 3.10.8) puts the messages back in an order that it does not repeat after a restart,
 * and then takes later acknowledgements for other messages. Messages were lost that way.
 *
 * @param <T> the part of a message that is kept in memory
 */
final class HeldMessages<T> implements AutoCloseable {

    /** One message in hand. */
    static final class Held<T> {
        private final T content;
        private final Window window;
        private final long deliveryTag;

        private Held(T content, Window window, long deliveryTag) {
            this.content = content;
            this.window = window;
            this.deliveryTag = deliveryTag;
        }

        T content() {
            return content;
        }
    }

    /** A channel, and how many messages it holds. */
    private static final class Window {
        private final Channel channel;
        private final int most;
        private int held;
        private String consumer = "";

        private Window(Channel channel, int most) {
            this.channel = channel;
            this.most = most;
        }
    }

    /** Says of a batch which messages are acknowledged. */
    @FunctionalInterface
    interface BatchJudge<T> {
        List<Held<T>> acknowledged(List<Held<T>> batch) throws Exception;
    }

    /**
     * The result of a look.
     *
     * @param complete true if it has looked at every message in the queue
     */
    record Looked(int lookedAt, int acknowledged, boolean complete) {}

    /** @param message empty if there was no room to keep its part */
    private record Arrived<T>(Window window, Optional<Held<T>> message, int bytes) {}

    /** Up to 32 consumers are returned in an order that RabbitMQ repeats. */
    private static final int MOST_WINDOWS = 30;

    private static final int MOST_IN_WINDOW = 20_000;
    /** From so many on a channel with acknowledgements is followed by another one. */
    private static final int LONG_WINDOW = 1_000;
    /** The broker sends so much ahead. */
    private static final long BYTES_IN_WINDOW = 64L * 1024 * 1024;

    /** A window is sized by the messages of those before it; its own may be so many times as large. */
    private static final int WINDOWS_IN_BOUND = 4;

    private static final int BATCH = 500;
    private static final long BATCH_BYTES = 8L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Arrived<T>> arriving = new LinkedBlockingQueue<>();
    private final List<Window> windows = new ArrayList<>();
    private final AmqpConnections connections;
    private final Connection connection;
    private final String queue;
    private final Keeping<T> keeping;
    private final AtomicLong notLookedAt = new AtomicLong();
    private long bytes;
    private long messages;
    private volatile boolean ended;

    /**
     * @param name of the connection
     * @param keeping the part of each message that is kept
     */
    HeldMessages(AmqpConnections connections, String name, String queue, Keeping<T> keeping)
            throws IOException, TimeoutException {
        this.connections = connections;
        this.queue = queue;
        this.keeping = keeping;
        try {
            this.connection = connections.open(name, threads);
        } catch (IOException | TimeoutException | RuntimeException e) {
            threads.shutdown();
            throw e;
        }
    }

    /** Takes the messages in batches, at most so many. */
    Looked lookThrough(int most, BatchJudge<T> judge) throws Exception {
        int ready = ready();
        int wanted = Math.min(most, ready);
        List<Held<T>> batch = new ArrayList<>();
        long batchBytes = 0;
        int lookedAt = 0;
        int acknowledged = 0;
        Arrived<T> next;
        for (int arrived = 0; arrived < wanted && (next = next()) != null; arrived++) {
            if (next.message().isEmpty()) {
                continue;
            }
            lookedAt++;
            batch.add(next.message().get());
            batchBytes += keeping.bytes().applyAsLong(batch.getLast().content);
            if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
                acknowledged += acknowledge(judge.acknowledged(batch));
                batch = new ArrayList<>();
                notLookedAt.addAndGet(-batchBytes);
                batchBytes = 0;
            }
        }
        acknowledged += acknowledge(judge.acknowledged(batch));
        return new Looked(lookedAt, acknowledged, lookedAt == ready);
    }

    /** Messages that nobody holds. */
    private int ready() throws IOException, TimeoutException {
        try (var channel = Channels.open(connection)) {
            return QueueCounts.ready(channel, queue);
        }
    }

    /** Null if somebody else received the remaining messages, or if no more can be held. */
    private @Nullable Arrived<T> next() throws IOException, InterruptedException {
        if (windows.isEmpty() || windows.getLast().held >= windows.getLast().most) {
            if (windows.size() == MOST_WINDOWS) {
                return null;
            }
            openWindow();
        }
        Arrived<T> next = arriving.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            return null;
        }
        messages++;
        bytes += next.bytes();
        next.window().held++;
        return next;
    }

    /**
     * Acknowledges messages, and waits until the broker has taken that: for each it goes through all that its channel holds before
     * it. So those that follow come by another channel.
     */
    private int acknowledge(List<Held<T>> some) throws IOException {
        Set<Window> changed = new HashSet<>();
        for (var message : some) {
            message.window.channel.basicAck(message.deliveryTag, false);
            message.window.held--;
            changed.add(message.window);
        }
        for (var window : changed) {
            window.channel.basicQos(window.most);
        }
        if (!changed.isEmpty() && windows.getLast().held > LONG_WINDOW && windows.size() < MOST_WINDOWS / 2) {
            openWindow();
        }
        return some.size();
    }

    private void openWindow() throws IOException {
        if (!windows.isEmpty()) {
            // Otherwise an acknowledgement would let it take messages behind those of the next window.
            cancel(windows.getLast());
        }
        var window = new Window(Channels.open(connection), windowSize());
        windows.add(window);
        window.channel.basicQos(window.most);
        window.consumer = window.channel.basicConsume(
                queue, false, (consumerTag, message) -> arrived(window, message), consumerTag -> {});
    }

    private int windowSize() {
        long room = Math.min(BYTES_IN_WINDOW, keeping.most() / WINDOWS_IN_BOUND);
        return messages == 0
                ? keeping.least()
                : Math.clamp(room * messages / Math.max(1, bytes), keeping.least(), MOST_IN_WINDOW);
    }

    private void arrived(Window window, Delivery message) {
        if (!ended) {
            T part = keeping.part().apply(message);
            Optional<Held<T>> kept = hasRoomFor(part)
                    ? Optional.of(new Held<>(part, window, message.getEnvelope().getDeliveryTag()))
                    : Optional.empty();
            arriving.add(new Arrived<>(window, kept, message.getBody().length));
        }
    }

    private boolean hasRoomFor(T part) {
        long more = keeping.bytes().applyAsLong(part);
        if (notLookedAt.addAndGet(more) <= keeping.most()) {
            return true;
        }
        notLookedAt.addAndGet(-more);
        return false;
    }

    private static void cancel(Window window) throws IOException {
        window.channel.basicCancel(window.consumer);
    }

    /** The node does not answer: no further answer is waited for. */
    void giveUp(Throwable failure) {
        connections.failed(connection, failure);
        ConnectionEnd.abort(connection);
    }

    @Override
    public void close() throws IOException, TimeoutException {
        ended = true;
        try {
            if (connection.isOpen()) {
                giveBack();
            }
        } finally {
            ConnectionEnd.abort(connection);
            threads.close();
        }
    }

    /** None may still consume when the first one gives its messages back. */
    private void giveBack() throws IOException, TimeoutException {
        if (windows.isEmpty()) {
            return;
        }
        cancel(windows.getLast());
        try (var counting = Channels.open(connection)) {
            for (var window : windows.subList(0, windows.size() - 1)) {
                int before = QueueCounts.shown(counting, queue);
                window.channel.close();
                awaitShown(counting, before + window.held);
            }
        }
        windows.getLast().channel.close();
    }

    /**
     * The broker confirms the end of a channel before it puts the channel's messages back. Those of the next channel must come behind
     * them.
     */
    private void awaitShown(Channel counting, int expected) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (QueueCounts.shown(counting, queue) < expected
                && System.nanoTime() - until < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
