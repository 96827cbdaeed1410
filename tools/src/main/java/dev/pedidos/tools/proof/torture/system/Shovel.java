package dev.pedidos.tools.proof.torture.system;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Moves messages as "Move messages" of the management UI does: each is acknowledged in its old queue after the broker
 * has confirmed it in the new one, so that none is lost.
 */
public final class Shovel implements AutoCloseable {

    /** Called for each message on its way. */
    @FunctionalInterface
    public interface Passing {
        void message(String id) throws IOException, InterruptedException;
    }

    private static final String DEFAULT_EXCHANGE = "";
    private static final int CONFIRMED_WITHIN_MS = 10_000;

    private final Connection connection;
    private final Channel channel;

    public Shovel(String amqpUri) throws IOException {
        try {
            connection = new AmqpConnections(amqpUri).open("shovel");
            channel = connection.createChannel();
            channel.confirmSelect();
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        }
    }

    /**
     * @return the number of moved messages
     * @throws IOException the connection was lost; messages that had not arrived are in their old queue
     */
    public long move(String from, String to, int most, Passing passing) throws IOException, InterruptedException {
        long moved = 0;
        for (GetResponse next = channel.basicGet(from, false);
                next != null && moved < most;
                next = channel.basicGet(from, false)) {
            passing.message(String.valueOf(next.getProps().getMessageId()));
            channel.basicPublish(DEFAULT_EXCHANGE, to, true, next.getProps(), next.getBody());
            awaitConfirm();
            channel.basicAck(next.getEnvelope().getDeliveryTag(), false);
            moved++;
        }
        return moved;
    }

    private void awaitConfirm() throws IOException, InterruptedException {
        try {
            channel.waitForConfirmsOrDie(CONFIRMED_WITHIN_MS);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not confirm in time", e);
        }
    }

    @Override
    public void close() {
        connection.abort();
    }
}
