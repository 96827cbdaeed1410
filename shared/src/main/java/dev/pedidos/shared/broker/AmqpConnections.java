package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Opens connections to one broker. The client's own recovery is off: it knows nothing of closed channels. */
public final class AmqpConnections {

    private static final int HEARTBEAT_SECONDS = 10;
    /** The broker gives up a connection after two to three of these without a sign, and its shards with it. */
    private static final int CONSUMING_HEARTBEAT_SECONDS = 2;

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int RPC_TIMEOUT_MS = 15_000;

    private final ConnectionFactory factory;

    private AmqpConnections(ConnectionFactory factory) {
        this.factory = factory;
    }

    /** @throws IllegalArgumentException where the URI cannot be used; its text is not repeated */
    public AmqpConnections(String amqpUri) {
        this(new ConnectionFactory());
        try {
            factory.setUri(amqpUri);
            if (factory.isSSL()) {
                // setUri alone trusts every certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "AMQP_URI cannot be used: " + e.getClass().getSimpleName(), e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
        factory.setHandshakeTimeout(CONNECT_TIMEOUT_MS * 2);
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MS);
    }

    /** Of those who hold what others wait for: the broker finds out sooner that one is frozen or cut off. */
    public AmqpConnections forConsuming() {
        var sooner = factory.clone();
        sooner.setRequestedHeartbeat(CONSUMING_HEARTBEAT_SECONDS);
        return new AmqpConnections(sooner);
    }

    /** @param name shown in the management UI */
    Connection open(String name, ExecutorService consumerThreads) throws IOException, TimeoutException {
        return factory.newConnection(consumerThreads, name);
    }

    /** Host and port, without credentials. */
    String address() {
        return factory.getHost() + ":" + factory.getPort();
    }
}
