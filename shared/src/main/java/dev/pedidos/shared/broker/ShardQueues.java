package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.Channels;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/** Adds and removes shards, on a connection whose user may configure. Every step can be repeated. */
public final class ShardQueues implements AutoCloseable {

    /** The messages and consumers in a range of shards. */
    public record Contents(long ready, long consumers) {}

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final AmqpConnections connections;
    private final Connection connection;
    private final ReopeningChannel channels;
    private final Topology topology;

    public ShardQueues(AmqpConnections connections, Topology topology) throws IOException, TimeoutException {
        this.topology = topology;
        this.connections = connections;
        connection = connections.open("pedidos-reshard", threads);
        channels = new ReopeningChannel(connection);
    }

    /** @throws TopologyMismatch the broker allows a worker fewer channels than it needs for this many shards */
    public void requireChannels(int shards) {
        connections.requireChannels(shards);
    }

    /**
     * Declares the queues of this many shards; new ones receive no messages yet.
     *
     * @throws IOException among others, the exchange of the shards is missing: this is another fleet's vhost, or
     *     the prefix is another
     */
    public void declare(int shards) throws IOException, TimeoutException {
        try (Channel channel = Channels.open(connection)) {
            channel.exchangeDeclarePassive(
                    topology.withShards(1).shardBindings().getFirst().exchange());
            for (var queue : topology.withShards(shards).shardQueues()) {
                channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
            }
        }
    }

    /** From now on, receivers are spread over this many shards. */
    public void bind(int shards) throws IOException, TimeoutException {
        try (Channel channel = Channels.open(connection)) {
            for (var binding : topology.withShards(shards).shardBindings()) {
                channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
            }
        }
    }

    /**
     * The shards from {@code first} on receive no more messages. The last shard is unbound first, in the reverse order
     * of binding.
     */
    public void unbind(int first, int end) throws IOException, TimeoutException {
        var bindings = topology.withShards(end).shardBindings();
        try (Channel channel = Channels.open(connection)) {
            for (int shard = end - 1; shard >= first; shard--) {
                var binding = bindings.get(shard);
                channel.queueUnbind(binding.queue(), binding.exchange(), binding.routingKey());
            }
        }
    }

    /** The number of the highest existing shard, searched from {@code first} on. */
    public OptionalInt highest(int first) throws IOException {
        for (int shard = Topology.MOST_SHARDS - 1; shard >= first; shard--) {
            if (exists(shard)) {
                return OptionalInt.of(shard);
            }
        }
        return OptionalInt.empty();
    }

    public Contents contents(int first, int end) throws IOException, TimeoutException {
        long ready = 0;
        long consumers = 0;
        for (int shard = first; shard < end; shard++) {
            if (!exists(shard)) {
                continue;
            }
            try (Channel channel = Channels.open(connection)) {
                ready += channel.messageCount(topology.shardQueue(shard));
                consumers += channel.consumerCount(topology.shardQueue(shard));
            }
        }
        return new Contents(ready, consumers);
    }

    /** Whether all shards of the range are empty, as their leaders say. */
    public boolean areEmpty(int first, int end) throws IOException, TimeoutException {
        for (int shard = first; shard < end; shard++) {
            if (exists(shard)) {
                QueueCounts.awaitLeaderOf(topology.shardQueue(shard), channels);
            }
        }
        return contents(first, end).ready() == 0;
    }

    /** Deletes the shards of the range; all must be empty and without consumers. */
    public void delete(int first, int end) throws IOException, TimeoutException {
        try (Channel channel = Channels.open(connection)) {
            for (int shard = end - 1; shard >= first; shard--) {
                channel.queueDelete(topology.shardQueue(shard));
            }
        }
    }

    private boolean exists(int shard) throws IOException {
        try {
            return TopologyCheck.queueIsThere(channels, topology.shardQueue(shard));
        } catch (AlreadyClosedException e) {
            throw new IOException(BrokerFault.describe(e), e);
        }
    }

    @Override
    public void close() {
        ConnectionEnd.abort(connection);
        threads.shutdown();
    }
}
