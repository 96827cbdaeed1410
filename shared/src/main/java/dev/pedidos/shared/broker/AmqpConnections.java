package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one broker, of one node or several: the one that answered last is tried first, and the next one
 * where a node refuses or stays silent. The client's own recovery is off: it knows nothing of closed channels.
 */
public final class AmqpConnections {

    private static final int HEARTBEAT_SECONDS = 10;
    /** The broker gives up a connection after two to three of these without a sign, and its shards with it. */
    private static final int CONSUMING_HEARTBEAT_SECONDS = 2;

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    /** Where there is another node to try. */
    private static final int ONE_OF_SEVERAL_TIMEOUT_MS = 2_500;

    private static final int RPC_TIMEOUT_MS = 15_000;

    private final Supplier<String> uriAgain;
    private final int heartbeat;
    private volatile String uri;
    private volatile List<BrokerAddress> addresses;
    /** As agreed with the broker; 0: any number. */
    private volatile int channels;

    private AmqpConnections(String uri, Supplier<String> uriAgain, int heartbeat) {
        this.uri = uri;
        this.uriAgain = uriAgain;
        this.heartbeat = heartbeat;
        this.addresses = BrokerAddress.allOf(uri);
    }

    /** @throws IllegalArgumentException where the URI cannot be used; its text is not repeated */
    public AmqpConnections(String amqpUri) {
        this(amqpUri, () -> amqpUri);
    }

    /**
     * @param again what the URI is by now: asked when no connection comes about
     * @throws IllegalArgumentException where the URI cannot be used; its text is not repeated
     */
    public AmqpConnections(String amqpUri, Supplier<String> again) {
        this(amqpUri, again, HEARTBEAT_SECONDS);
    }

    /** Of those who hold what others wait for: the broker finds out sooner that one is frozen or cut off. */
    public AmqpConnections forConsuming() {
        return new AmqpConnections(uri, uriAgain, CONSUMING_HEARTBEAT_SECONDS);
    }

    /** For a tool that needs one for a while. */
    public Connection open(String name) throws IOException, TimeoutException {
        return open(name, null);
    }

    /**
     * @param name shown in the management UI
     * @param consumerThreads null: the client's own
     */
    Connection open(String name, @Nullable ExecutorService consumerThreads) throws IOException, TimeoutException {
        try {
            return openAny(name, consumerThreads);
        } catch (IOException | TimeoutException e) {
            if (!hasChanged()) {
                throw e;
            }
            return openAny(name, consumerThreads);
        }
    }

    private Connection openAny(String name, @Nullable ExecutorService threads) throws IOException, TimeoutException {
        var nodes = addresses;
        List<String> failures = new ArrayList<>();
        for (var node : nodes) {
            try {
                var connection = factory(node, nodes.size()).newConnection(threads, name);
                preferring(node, nodes);
                channels = connection.getChannelMax();
                return connection;
            } catch (IOException | TimeoutException e) {
                if (nodes.size() == 1) {
                    throw e;
                }
                failures.add(node + " (" + Causes.of(e) + ")");
            }
        }
        throw new IOException("none of the broker's nodes: " + String.join(", ", failures));
    }

    private ConnectionFactory factory(BrokerAddress node, int nodes) {
        int patience = nodes == 1 ? CONNECT_TIMEOUT_MS : ONE_OF_SEVERAL_TIMEOUT_MS;
        var factory = new ConnectionFactory();
        node.applyTo(factory);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(heartbeat);
        factory.setConnectionTimeout(patience);
        factory.setHandshakeTimeout(patience * 2);
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MS);
        return factory;
    }

    /**
     * Asked when a connection has been open.
     *
     * @throws TopologyMismatch where the broker allows fewer channels on a connection
     */
    public void requireChannels(int needed) {
        if (channels > 0 && channels < needed) {
            throw TopologyMismatch.tooFewChannels(channels, needed);
        }
    }

    /** The order of the others stays. */
    private synchronized void preferring(BrokerAddress node, List<BrokerAddress> nodes) {
        if (addresses.equals(nodes) && !nodes.getFirst().equals(node)) {
            List<BrokerAddress> order = new ArrayList<>(nodes);
            order.remove(node);
            order.addFirst(node);
            addresses = List.copyOf(order);
        }
    }

    /** The password of the user was changed since, or the broker has moved: from now on this is used. */
    private synchronized boolean hasChanged() {
        String now = uriAgain.get();
        if (now.equals(uri)) {
            return false;
        }
        addresses = BrokerAddress.allOf(now);
        uri = now;
        return true;
    }

    /** Hosts and ports, without credentials. */
    String address() {
        return addresses.stream().map(BrokerAddress::toString).collect(Collectors.joining(","));
    }
}
