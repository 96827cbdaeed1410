package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import dev.pedidos.shared.broker.connection.BrokerFault;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledgements of one channel. While more deliveries are waiting, several are acknowledged by one {@code basic.ack},
 * because each costs a quorum queue a write to its log. That one covers all deliveries before it, so those that end before an
 * earlier one are acknowledged one by one. Deliveries that a crash leaves unacknowledged are redelivered, and the ledger shows
 * that their work is done.
 */
final class Acks {

    private static final Logger LOG = LoggerFactory.getLogger(Acks.class);

    private final Channel channel;
    private final int most;
    /** Finished, and the broker was not told yet. */
    private final TreeSet<Long> unsent = new TreeSet<>();
    /** Finished before an earlier one. */
    private final TreeSet<Long> finishedOutOfOrder = new TreeSet<>();
    /** All deliveries up to this one are finished. The broker numbers the deliveries of a channel from 1. */
    private long finished;

    /** @param most the largest number of deliveries that may wait for an acknowledgement */
    Acks(Channel channel, int most) {
        this.channel = channel;
        this.most = most;
    }

    synchronized void add(long deliveryTag) {
        unsent.add(deliveryTag);
        finish(deliveryTag);
        if (unsent.size() >= most) {
            flush();
        }
    }

    private void finish(long deliveryTag) {
        finishedOutOfOrder.add(deliveryTag);
        while (finishedOutOfOrder.remove(finished + 1)) {
            finished++;
        }
    }

    synchronized void flush() {
        Long last = unsent.floor(finished);
        if (last != null) {
            unsent.headSet(last, true).clear();
            settle(() -> channel.basicAck(last, true));
        }
        for (long deliveryTag : unsent) {
            settle(() -> channel.basicAck(deliveryTag, false));
        }
        unsent.clear();
    }

    synchronized void reject(long deliveryTag) {
        settle(() -> channel.basicReject(deliveryTag, false));
        finish(deliveryTag);
    }

    /**
     * Gives back the deliveries that are not finished, in the order of the queue.
     *
     * @param last the last one that the broker has sent
     * @param begun those that will be finished; the broker keeps them for this channel
     */
    synchronized void giveBack(long last, Set<Long> begun) {
        for (long deliveryTag = finished + 1; deliveryTag <= last; deliveryTag++) {
            if (!finishedOutOfOrder.contains(deliveryTag) && !begun.contains(deliveryTag)) {
                long one = deliveryTag;
                settle(() -> channel.basicNack(one, false, true));
            }
        }
    }

    private interface Settling {
        void run() throws IOException;
    }

    private static void settle(Settling settling) {
        try {
            settling.run();
        } catch (IOException | AlreadyClosedException e) {
            LOG.info(
                    "could not acknowledge deliveries ({}): they are redelivered, and the ledger shows that their work is done",
                    BrokerFault.describe(e));
        }
    }
}
