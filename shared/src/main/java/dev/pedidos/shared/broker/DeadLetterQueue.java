package dev.pedidos.shared.broker;

import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Delivery;
import dev.pedidos.shared.broker.HeldMessages.Held;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OtherLedgers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Letter;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Looks through the queue of dead letters and removes copies that the ledger no longer confirms. It holds all letters
 * meanwhile, and keeps only the id of each. It does not see letters that another instance or an operator holds at the time.
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

    /** Letters of a sweep, at most. Second copies behind them are reached when some of these have been redriven or discarded. */
    static final int MOST_LETTERS = 300_000;

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
        try (var letters = new HeldMessages<>(connections, "dlq-sweep", queue, Keeping.withoutBodies(this::letterOf))) {
            return sweepUnlessSilent(letters, judge);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        } catch (IOException e) {
            if (BrokerFault.isMissing(e)) {
                onMissing.run();
            }
            throw e;
        }
    }

    private static QueueSwept sweepUnlessSilent(HeldMessages<Optional<Letter>> letters, Judge judge) throws Exception {
        try {
            return sweep(letters, judge);
        } catch (ChannelContinuationTimeoutException silent) {
            letters.giveUp(silent);
            throw silent;
        }
    }

    private static QueueSwept sweep(HeldMessages<Optional<Letter>> letters, Judge judge) throws Exception {
        Set<Letter> kept = new HashSet<>();
        var looked = letters.lookThrough(MOST_LETTERS, batch -> outdated(batch, kept, judge));
        return new QueueSwept(looked.lookedAt(), looked.acknowledged(), kept, looked.complete());
    }

    private static List<Held<Optional<Letter>>> outdated(
            List<Held<Optional<Letter>>> batch, Set<Letter> kept, Judge judge) throws Exception {
        Set<Letter> asked = new HashSet<>();
        batch.forEach(held -> held.content().ifPresent(asked::add));
        Set<Letter> stale = judge.stale(asked);
        return batch.stream()
                .filter(held -> held.content()
                        .filter(letter -> stale.contains(letter) || !kept.add(letter))
                        .isPresent())
                .toList();
    }

    /** Empty if the message is not about a pedido, since its id has another form, or if it belongs to another ledger. */
    private Optional<Letter> letterOf(Delivery message) {
        var properties = message.getProperties();
        String id = properties.getMessageId();
        Map<String, Object> headers = properties.getHeaders();
        return id != null
                        && Limits.isId(id)
                        && !others.isForeign(Headers.of(properties))
                        && headers != null
                        && headers.get(OutboundMessage.CICLO) instanceof Number ciclo
                ? Optional.of(new Letter(id, ciclo.intValue()))
                : Optional.empty();
    }
}
