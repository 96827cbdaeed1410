package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.message.Letter;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the queue of dead letters and removes copies that the ledger no longer confirms. The letters that it
 * looks at stay unacknowledged meanwhile, so nobody else receives them; when its connection ends they return to their
 * places. It keeps only the delivery tag of each letter. It does not see letters that another instance or an operator holds at
 * the time.
 *
 * <p>It uses one consumer, not many {@code basic.get}. If a channel ends with more than 32 of those unacknowledged,
 * RabbitMQ (seen with 3.10.8) puts the messages back in an order that it does not repeat after a restart, and then
 * takes later acknowledgements for other messages. Letters were lost that way.
 */
public final class DeadLetterQueue {

    /** Decides which letters are no longer true. */
    @FunctionalInterface
    public interface Judge {
        Set<Letter> stale(Set<Letter> letters) throws Exception;
    }

    /**
     * The result of a sweep.
     *
     * @param kept letters that are true
     * @param complete true if it has looked at every message in the queue
     */
    public record QueueSwept(int lookedAt, int removed, Set<Letter> kept, boolean complete) {}

    private record Held(
            long deliveryTag, int bytes, @Nullable Letter letter) {}

    /** Letters of a sweep, at most. Those behind them are reached when these have been redriven or discarded. */
    private static final int MOST_LETTERS = 20_000;

    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int ASKED_AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AmqpConnections connections;
    private final OtherLedgers others;
    private final Runnable onMissing;
    private final String queue;

    /** For a queue whose letters all belong to one ledger. */
    public DeadLetterQueue(AmqpConnections connections, Topology topology) {
        this(connections, topology, new OtherLedgers(() -> ""), () -> {});
    }

    /**
     * @param others recognises letters of other ledgers; they are left alone
     * @param onMissing the queue does not exist
     */
    public DeadLetterQueue(AmqpConnections connections, Topology topology, OtherLedgers others, Runnable onMissing) {
        this.connections = connections;
        this.others = others;
        this.onMissing = onMissing;
        this.queue = topology.deadLetterQueue();
    }

    /**
     * Removes letters that are no longer true, and second copies.
     *
     * @throws Exception the judge failed or the broker is down; what was removed until then was no longer true
     */
    public QueueSwept sweep(Judge judge) throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            return sweep(connections.open("dlq-sweep", threads), judge);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        } catch (IOException e) {
            if (Causes.isMissing(e)) {
                onMissing.run();
            }
            throw e;
        }
    }

    private QueueSwept sweep(Connection connection, Judge judge) throws Exception {
        try (var channel = Channels.open(connection)) {
            return sweep(channel, judge);
        } catch (ChannelContinuationTimeoutException silent) {
            connections.failed(connection, silent);
            throw silent;
        } finally {
            BrokerLink.abort(connection);
        }
    }

    private QueueSwept sweep(Channel channel, Judge judge) throws Exception {
        int ready = channel.queueDeclarePassive(queue).getMessageCount();
        int wanted = Math.min(MOST_LETTERS, ready);
        if (wanted == 0) {
            return new QueueSwept(0, 0, Set.of(), true);
        }
        BlockingQueue<Held> arriving = new LinkedBlockingQueue<>();
        channel.basicQos(wanted);
        channel.basicConsume(queue, false, (consumerTag, message) -> arriving.add(held(message)), consumerTag -> {});
        Set<Letter> kept = new HashSet<>();
        List<Held> batch = new ArrayList<>();
        int lookedAt = 0;
        int removed = 0;
        long bytes = 0;
        Held next;
        while (lookedAt < wanted && bytes < MOST_BYTES && (next = next(arriving)) != null) {
            lookedAt++;
            bytes += next.bytes();
            batch.add(next);
            if (batch.size() == ASKED_AT_ONCE) {
                removed += remove(channel, batch, kept, judge);
                batch.clear();
            }
        }
        removed += remove(channel, batch, kept, judge);
        return new QueueSwept(lookedAt, removed, kept, lookedAt == ready);
    }

    /** Null if somebody else received the remaining letters. */
    private static @Nullable Held next(BlockingQueue<Held> arriving) throws InterruptedException {
        return arriving.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static int remove(Channel channel, List<Held> batch, Set<Letter> kept, Judge judge) throws Exception {
        Set<Letter> letters = new HashSet<>();
        for (Held held : batch) {
            if (held.letter() != null) {
                letters.add(held.letter());
            }
        }
        Set<Letter> stale = letters.isEmpty() ? Set.of() : judge.stale(letters);
        int removed = 0;
        for (Held held : batch) {
            var letter = held.letter();
            if (letter != null && (stale.contains(letter) || !kept.add(letter))) {
                channel.basicAck(held.deliveryTag(), false);
                removed++;
            }
        }
        return removed;
    }

    private Held held(com.rabbitmq.client.Delivery message) {
        return new Held(
                message.getEnvelope().getDeliveryTag(), message.getBody().length, letterOf(message.getProperties()));
    }

    /** Null if the letter is not about a pedido, since its id has another form, or if it belongs to another ledger. */
    private @Nullable Letter letterOf(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        String id = properties.getMessageId();
        return id != null
                        && Limits.isId(id)
                        && !others.isForeign(Headers.of(properties))
                        && headers != null
                        && headers.get(OutboundMessage.CICLO) instanceof Number ciclo
                ? new Letter(id, ciclo.intValue())
                : null;
    }
}
