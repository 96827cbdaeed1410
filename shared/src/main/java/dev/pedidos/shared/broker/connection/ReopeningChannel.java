package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs calls that the broker may refuse. A refusal closes the channel, so the next call gets a new one. */
public final class ReopeningChannel implements AutoCloseable {

    public interface Call {
        void on(Channel channel) throws IOException;
    }

    private final Connection connection;
    private @Nullable Channel channel;

    public ReopeningChannel(Connection connection) {
        this.connection = connection;
    }

    /** @throws IOException the broker has refused it (the cause is a ShutdownSignalException), or has gone */
    public void run(Call call) throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            open = Channels.open(connection);
            channel = open;
        }
        try {
            call.on(open);
        } catch (ChannelContinuationTimeoutException silent) {
            // The end of the channel would get no answer either.
            channel = null;
            throw silent;
        }
    }

    @Override
    public void close() throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            return;
        }
        try {
            open.close();
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer to the end of a channel", e);
        }
    }
}
