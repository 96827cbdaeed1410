package dev.pedidos.shared.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the messages that lie in queues and are not delivered to anybody. */
public final class Backlogs implements ConnectionUser {

    private @Nullable Connection connection;
    private @Nullable Channel channel;

    @Override
    public synchronized void connected(Connection fresh) {
        connection = fresh;
    }

    @Override
    public synchronized void lost() {
        connection = null;
        channel = null;
    }

    /** In the order of the queues; null if the number is unknown, because the broker is down or has no such queue. */
    public synchronized List<@Nullable Integer> of(List<String> queues) {
        List<@Nullable Integer> ready = new ArrayList<>(queues.size());
        for (String queue : queues) {
            ready.add(of(queue));
        }
        return ready;
    }

    /** Null if the number is unknown, because the broker is down or has no such queue. */
    public synchronized @Nullable Integer of(String queue) {
        try {
            Channel current = open();
            return current == null ? null : (int) current.messageCount(queue);
        } catch (ChannelContinuationTimeoutException silent) {
            giveUpConnection();
            return null;
        } catch (IOException | RuntimeException e) {
            channel = null;
            return null;
        }
    }

    private @Nullable Channel open() throws IOException {
        if (connection == null) {
            return null;
        }
        if (channel == null || !channel.isOpen()) {
            channel = Channels.open(connection);
        }
        return channel;
    }

    /** A node that is silent once may be so for each queue. The link opens another connection, which {@link #connected} gets. */
    private void giveUpConnection() {
        var silent = connection;
        lost();
        if (silent != null) {
            ConnectionEnd.beginGivingUp(silent);
        }
    }
}
