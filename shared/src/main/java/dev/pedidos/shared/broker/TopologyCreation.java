package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.broker.connection.BrokerLimits;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.broker.connection.SameAtEveryNode;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Declares every exchange, queue and binding of a topology, and explains what the broker refuses. */
final class TopologyCreation {

    /** The broker does not let this user declare anything; it refuses before it looks whether the thing exists. */
    static final class MayNotConfigure extends SameAtEveryNode {

        private static final long serialVersionUID = 1L;

        MayNotConfigure() {
            super("the user may not declare the topology");
        }
    }

    private final Topology topology;
    private final ReopeningChannel channels;
    private final List<String> problems = new ArrayList<>();

    private TopologyCreation(Topology topology, ReopeningChannel channels) {
        this.topology = topology;
        this.channels = channels;
    }

    /**
     * @throws MayNotConfigure the caller can only check what is there
     * @throws TopologyMismatch the broker cannot have it; the message says why
     */
    static void declare(Topology topology, Connection connection) throws IOException {
        try (var channels = new ReopeningChannel(connection)) {
            new TopologyCreation(topology, channels).declare();
        }
    }

    private void declare() throws IOException {
        for (var exchange : topology.exchanges()) {
            attempt(
                    "exchange " + exchange.name(),
                    channel -> channel.exchangeDeclare(exchange.name(), exchange.type(), true));
        }
        for (var queue : topology.queues()) {
            attempt(
                    "queue " + queue.name(),
                    channel -> channel.queueDeclare(queue.name(), true, false, false, queue.arguments()));
        }
        if (!problems.isEmpty()) {
            throw new TopologyMismatch(problems);
        }
        for (var binding : topology.bindings()) {
            attempt(
                    "binding of " + binding.queue(),
                    channel -> channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey()));
        }
    }

    private void attempt(String what, ReopeningChannel.Call step) throws IOException {
        try {
            channels.run(step);
        } catch (IOException e) {
            if (!(e.getCause() instanceof ShutdownSignalException signal)) {
                throw e;
            }
            problems.add(what + ": " + explained(signal, e));
        }
    }

    private String explained(ShutdownSignalException signal, IOException e) throws IOException {
        return switch (signal.getReason()) {
            case AMQP.Channel.Close close
            when BrokerLimits.isOfQueues(close.getReplyText()) ->
                throw TopologyMismatch.tooFewQueues(
                        close.getReplyText(), topology.queues().size());
            case AMQP.Channel.Close close when close.getReplyCode() == AMQP.PRECONDITION_FAILED -> close.getReplyText();
            case AMQP.Channel.Close close
            when close.getReplyCode() == AMQP.ACCESS_REFUSED -> throw new MayNotConfigure();
            case AMQP.Connection.Close close
            when close.getReplyCode() == AMQP.COMMAND_INVALID ->
                throw new TopologyMismatch(List.of(
                        close.getReplyText() + ": enable the plugin rabbitmq_consistent_hash_exchange on the broker"));
            case null, default -> throw e;
        };
    }
}
