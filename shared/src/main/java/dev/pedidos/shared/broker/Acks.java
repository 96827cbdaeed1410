package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledgements of one channel, whose deliveries are handled in order. While more deliveries are waiting,
 * several are acknowledged by one {@code basic.ack}, because each costs a quorum queue a write to its log. Deliveries
 * that a crash leaves unacknowledged are redelivered, and the ledger shows that their work is done.
 */
final class Acks {

    private static final Logger LOG = LoggerFactory.getLogger(Acks.class);

    private final Channel channel;
    private final int most;
    private int waiting;
    private long last;

    /** @param most the largest number of deliveries that may wait for an acknowledgement */
    Acks(Channel channel, int most) {
        this.channel = channel;
        this.most = most;
    }

    void add(long tag) {
        last = tag;
        waiting++;
        if (waiting >= most) {
            flush();
        }
    }

    void flush() {
        if (waiting > 0) {
            waiting = 0;
            settle(() -> channel.basicAck(last, true));
        }
    }

    void reject(long tag) {
        settle(() -> channel.basicReject(tag, false));
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
                    Causes.of(e));
        }
    }
}
