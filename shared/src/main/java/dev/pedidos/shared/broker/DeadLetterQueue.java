package dev.pedidos.shared.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.pedidos.shared.message.Letter;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The queue of dead letters, looked through for copies that are no longer true. What is looked at is unacknowledged
 * meanwhile, so that nobody else gets it, and comes back to its place with the end of the connection; of each letter only
 * its tag is kept. What others hold at the time, another instance or an operator, is not seen.
 */
public final class DeadLetterQueue {

    /** Says which letters are no longer true. */
    @FunctionalInterface
    public interface Judge {
        Set<Letter> stale(Set<Letter> letters) throws Exception;
    }

    /** What a sweep came to. */
    public record Swept(int lookedAt, int removed) {}

    private record Held(long tag, Letter letter) {}

    /** Of one sweep. What lies behind them is reached when these have been redriven or discarded. */
    private static final int MOST_LETTERS = 20_000;

    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int ASKED_AT_ONCE = 500;
    private final AmqpConnections connections;
    private final String queue;

    public DeadLetterQueue(AmqpConnections connections, Topology topology) {
        this.connections = connections;
        this.queue = topology.deadLetterQueue();
    }

    /**
     * Removes what is no longer true and second copies.
     *
     * @throws Exception of the judge, or where the broker is away; what was removed until then was no longer true
     */
    public Swept sweep(Judge judge) throws Exception {
        try (var threads = Executors.newSingleThreadExecutor();
                var connection = connections.open("dlq-sweep", threads);
                var channel = connection.createChannel()) {
            return sweep(channel, judge);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        }
    }

    private Swept sweep(Channel channel, Judge judge) throws Exception {
        Set<Letter> kept = new HashSet<>();
        List<Held> batch = new ArrayList<>();
        int lookedAt = 0;
        int removed = 0;
        long bytes = 0;
        GetResponse next;
        while (lookedAt < MOST_LETTERS && bytes < MOST_BYTES && (next = channel.basicGet(queue, false)) != null) {
            lookedAt++;
            bytes += next.getBody().length;
            var letter = letterOf(next);
            if (letter != null) {
                batch.add(new Held(next.getEnvelope().getDeliveryTag(), letter));
            }
            if (batch.size() == ASKED_AT_ONCE) {
                removed += remove(channel, batch, kept, judge);
                batch.clear();
            }
        }
        return new Swept(lookedAt, removed + remove(channel, batch, kept, judge));
    }

    private static int remove(Channel channel, List<Held> batch, Set<Letter> kept, Judge judge) throws Exception {
        Set<Letter> letters = new HashSet<>();
        batch.forEach(held -> letters.add(held.letter()));
        Set<Letter> stale = letters.isEmpty() ? Set.of() : judge.stale(letters);
        int removed = 0;
        for (Held held : batch) {
            if (stale.contains(held.letter()) || !kept.add(held.letter())) {
                channel.basicAck(held.tag(), false);
                removed++;
            }
        }
        return removed;
    }

    /** Null for what was no pedido: it has an id that no pedido can have. */
    private static @Nullable Letter letterOf(GetResponse message) {
        Map<String, Object> headers = message.getProps().getHeaders();
        String id = message.getProps().getMessageId();
        return id != null
                        && Limits.isId(id)
                        && headers != null
                        && headers.get(OutboundMessage.CICLO) instanceof Number ciclo
                ? new Letter(id, ciclo.intValue())
                : null;
    }
}
