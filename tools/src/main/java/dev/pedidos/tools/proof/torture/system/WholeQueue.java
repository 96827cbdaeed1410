package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.message.PulledMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * All messages of a queue, taken at once. {@link #close} puts those back that were not deleted. Not through the
 * management API: it puts each back before it takes the next, so that it shows some twice and others not at all (seen on
 * 3.10.8).
 */
public final class WholeQueue implements AutoCloseable {
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(20);
    private static final int MOST = 60_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final QueueReader reader;
    private final BrokerLink link;

    public WholeQueue(String amqpUri, String queue) {
        reader = new QueueReader(queue, () -> {});
        link = new BrokerLink("all of " + queue, new AmqpConnections(amqpUri), List.of(reader));
        link.start();
    }

    /** @throws IOException there are too many, somebody else took some at the same time, or the broker is down */
    public List<PulledMessage> messages() throws IOException, InterruptedException {
        awaitConnected();
        try {
            var messages = reader.take(MOST, Long.MAX_VALUE);
            if (messages.size() == MOST) {
                throw new IOException(reader.queue() + " has more messages than are read: " + MOST);
            }
            return messages;
        } catch (QueueReader.TooLarge e) {
            throw new AssertionError("any size was allowed", e);
        }
    }

    private void awaitConnected() throws InterruptedException {
        long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
        while (!link.isUp() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** @param messages all that were taken */
    public void delete(List<PulledMessage> messages) throws IOException {
        reader.acknowledge(messages);
    }

    @Override
    public void close() {
        link.close();
    }
}
