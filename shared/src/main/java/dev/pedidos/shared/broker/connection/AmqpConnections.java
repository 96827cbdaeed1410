package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one broker with one or several nodes. Tries the node that answered last first, and the next one
 * if a node refuses or does not answer. A node that took a connection and then failed is tried last. The client's own recovery is
 * off, because it does not recover closed channels.
 */
public final class AmqpConnections {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpConnections.class);
    private static final int HEARTBEAT_SECONDS = 5;
    /**
     * The broker closes a connection after two to three intervals without a heartbeat, and gives its shards to others.
     */
    private static final int CONSUMING_HEARTBEAT_SECONDS = 2;

    private static final int CONNECT_TIMEOUT_MS = 5_000;
    /** Shorter if there is another node to try. */
    private static final int ONE_OF_SEVERAL_TIMEOUT_MS = 2_500;

    private static final int RPC_TIMEOUT_MS = 15_000;
    /** Besides one channel for each shard: one to declare, and channels for shards that are being drained. */
    static final int OTHER_CHANNELS = 3;

    private static final int MOST_ENDS = 16;
    private static final int ENDS_IDLE_SECONDS = 10;

    /**
     * The ends of channels of lost connections. A writer that the socket holds up has its channel's lock. The thread that found the
     * connection lost must not wait for it: it is the one that closes the socket, which frees the writer.
     */
    private static final ExecutorService ENDS = ends();

    private final Supplier<String> currentUri;
    private final int heartbeat;
    private volatile String uri;
    private volatile List<BrokerAddress> addresses;
    /** As negotiated with the broker; 0 means no limit. */
    private volatile int channels;

    private AmqpConnections(String uri, Supplier<String> currentUri, int heartbeat, List<BrokerAddress> addresses) {
        this.uri = uri;
        this.currentUri = currentUri;
        this.heartbeat = heartbeat;
        this.addresses = addresses;
    }

    /** @throws IllegalArgumentException the URI cannot be used; the message does not repeat it */
    public AmqpConnections(String amqpUri) {
        this(amqpUri, () -> amqpUri);
    }

    /**
     * @param currentUri asked for the current URI if no connection can be opened
     * @throws IllegalArgumentException the URI cannot be used; the message does not repeat it
     */
    public AmqpConnections(String amqpUri, Supplier<String> currentUri) {
        this(amqpUri, currentUri, HEARTBEAT_SECONDS, BrokerAddress.allOf(amqpUri));
    }

    /**
     * For connections that hold shards. The shorter heartbeat lets the broker notice sooner that a program is frozen
     * or cut off.
     */
    public synchronized AmqpConnections forConsuming() {
        return new AmqpConnections(uri, currentUri, CONSUMING_HEARTBEAT_SECONDS, addresses);
    }

    /** For a tool that needs a connection for a while. */
    public Connection open(String name) throws IOException, TimeoutException {
        return open(name, null);
    }

    /**
     * @param name shown in the management UI
     * @param consumerThreads runs the consumers; null: the client's own threads
     */
    public Connection open(String name, @Nullable ExecutorService consumerThreads)
            throws IOException, TimeoutException {
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
                connection.setId(node.toString());
                channels = connection.getChannelMax();
                return connection;
            } catch (IOException | TimeoutException e) {
                if (nodes.size() == 1) {
                    throw e;
                }
                failures.add(node + " (" + BrokerFault.describe(e) + ")");
            }
        }
        throw new IOException("none of the broker's nodes: " + String.join(", ", failures));
    }

    /**
     * Call it if this failure comes from the use of a connection. If it is the node's, the node is tried last: it may take connections
     * and do nothing else for long.
     */
    public void failed(Connection connection, Throwable failure) {
        if (BrokerFault.isOfTheNode(failure) && movedToTheEnd(connection.getId())) {
            LOG.warn(
                    "the broker's node {} was reached and then failed: the others are tried first", connection.getId());
        }
    }

    private synchronized boolean movedToTheEnd(String node) {
        List<BrokerAddress> order = new ArrayList<>(addresses);
        order.sort(Comparator.comparing(address -> address.toString().equals(node)));
        boolean moved = !order.equals(addresses);
        addresses = List.copyOf(order);
        return moved;
    }

    private ConnectionFactory factory(BrokerAddress node, int nodes) {
        int patience = nodes == 1 ? CONNECT_TIMEOUT_MS : ONE_OF_SEVERAL_TIMEOUT_MS;
        var factory = node.factory();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(heartbeat);
        factory.setConnectionTimeout(patience);
        factory.setHandshakeTimeout(patience * 2);
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MS);
        factory.setShutdownExecutor(ENDS);
        return factory;
    }

    private static ExecutorService ends() {
        var ends = new ThreadPoolExecutor(
                MOST_ENDS,
                MOST_ENDS,
                ENDS_IDLE_SECONDS,
                TimeUnit.SECONDS,
                // Stays short: a lost connection waits some seconds for the end of a channel before it gives the next.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("channel-end-", 0).daemon().factory());
        ends.allowCoreThreadTimeOut(true);
        return ends;
    }

    /**
     * Call it after a connection has been open: before that, the broker's limit is not known.
     *
     * @throws TopologyMismatch the broker allows fewer channels on a connection than a worker of so many shards needs
     */
    public void requireChannels(int shards) {
        int needed = shards + OTHER_CHANNELS;
        if (channels > 0 && channels < needed) {
            throw TopologyMismatch.tooFewChannels(channels, needed);
        }
    }

    /** Moves one node to the front; the others keep their order. */
    private synchronized void preferring(BrokerAddress node, List<BrokerAddress> nodes) {
        if (addresses.equals(nodes) && !nodes.getFirst().equals(node)) {
            List<BrokerAddress> order = new ArrayList<>(nodes);
            order.remove(node);
            order.addFirst(node);
            addresses = List.copyOf(order);
        }
    }

    /**
     * Reads the URI again. True if it has changed, because the password was changed or the broker has moved; the new
     * one is used from now on.
     */
    private synchronized boolean hasChanged() {
        String now = currentUri.get();
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
