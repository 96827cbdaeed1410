package dev.pedidos.shared.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;

/** Opens channels. The client returns null if all channels that a connection may have are in use. */
final class Channels {

    private Channels() {}

    /** @throws NoFreeChannel the message names channel_max */
    static Channel open(Connection connection) throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new NoFreeChannel(connection.getChannelMax());
        }
        return channel;
    }
}
