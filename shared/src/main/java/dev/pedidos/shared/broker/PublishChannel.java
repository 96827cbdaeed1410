package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.message.MessageProperties;
import dev.pedidos.shared.broker.message.OutboundMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel with confirms, and the messages that it has published and the broker has not answered yet. */
final class PublishChannel {

    private static final Logger LOG = LoggerFactory.getLogger(PublishChannel.class);

    private final Channel channel;
    private final long openedAt = System.nanoTime();
    private final Confirms confirms;
    private volatile boolean refused;

    private PublishChannel(Channel channel, Runnable onUnroutable) {
        this.channel = channel;
        confirms = new Confirms(() -> refused = true, onUnroutable);
    }

    /** @param onUnroutable as for {@link Confirms} */
    static PublishChannel open(Connection connection, Runnable onUnroutable) throws IOException {
        var opened = new PublishChannel(Channels.open(connection), onUnroutable);
        opened.channel.confirmSelect();
        opened.channel.addConfirmListener(opened.confirms);
        opened.channel.addReturnListener(opened.confirms);
        opened.channel.addShutdownListener(cause -> ConnectionEnd.closeOnFault(cause, connection));
        return opened;
    }

    Connection connection() {
        return channel.getConnection();
    }

    /** Whether a queue has refused a message of this channel. */
    boolean hasRefused() {
        return refused;
    }

    long ageNanos() {
        return System.nanoTime() - openedAt;
    }

    /**
     * Publishes a message.
     *
     * @param confirmed completed by the broker's answer; fails with {@link PublishFailed} if the message did not leave
     * @return false if the client refused the message after counting it: its numbers and the broker's are no longer the same, and
     *     nothing more may be sent
     */
    boolean send(OutboundMessage message, String ledger, CompletableFuture<Void> confirmed) {
        long sequence = channel.getNextPublishSeqNo();
        confirms.expect(sequence, confirmed);
        try {
            channel.basicPublish(
                    message.exchange(),
                    message.routingKey(),
                    true,
                    MessageProperties.of(message, sequence, ledger),
                    message.body());
            if (!channel.isOpen()) {
                confirms.fail(sequence, new PublishFailed("the channel was closed while publishing"));
            }
            return true;
        } catch (IOException | AlreadyClosedException e) {
            confirms.fail(sequence, new PublishFailed("publishing failed: " + BrokerFault.describe(e)));
            return true;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("message_id", message.messageId())
                    .setCause(e)
                    .log(
                            "the client library refuses a message: it is not sent, and counts as not confirmed; the connection is"
                                    + " closed and opened again");
            confirms.fail(sequence, new PublishFailed("publishing failed: " + BrokerFault.describe(e)));
            return false;
        }
    }

    /** As {@link Confirms#oldestNanos}. */
    long oldestUnansweredNanos() {
        return confirms.oldestNanos();
    }

    void failAll(String reason) {
        confirms.failAll(reason);
    }

    void close() throws IOException {
        channel.abort();
    }
}
