package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Connection;
import java.io.IOException;

/** Uses a connection, for example with a consumer or a publisher. */
public interface ConnectionUser {
    /**
     * The connection is open: open channels on it. An exception or an Error closes the connection,
     * and it is tried again.
     */
    void connected(Connection connection) throws IOException;

    /** The connection is lost. */
    void lost();
}
