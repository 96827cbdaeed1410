package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;

/** Opens channels. The client returns null if all channels that a connection may have are in use. */
public final class Channels {

    private Channels() {}

    /** @throws NoFreeChannel the message names channel_max */
    public static Channel open(Connection connection) throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new NoFreeChannel(connection.getChannelMax());
        }
        return channel;
    }
}
