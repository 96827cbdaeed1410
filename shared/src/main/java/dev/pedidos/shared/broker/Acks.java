package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acknowledgements of one channel, whose deliveries are worked on in their order. Several go as one
 * {@code basic.ack} while more work is at hand: each costs a quorum queue a write of its log. What a crash leaves
 * unacknowledged comes again and is found to be done.
 */
final class Acks {

    private static final Logger LOG = LoggerFactory.getLogger(Acks.class);

    private final Channel channel;
    private final int most;
    private int waiting;
    private long last;

    /** @param most how many may wait, at the most */
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
            LOG.info("could not settle deliveries ({}): they come again and are found to be done", Causes.of(e));
        }
    }
}
