package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.ServerUrl;
import java.util.Optional;

/**
 * A node of a broker.
 *
 * @param url names it, perhaps with other nodes
 */
public record BrokerNode(ServerUrl url, String host, int port) {

    /**
     * The first of its nodes that answers.
     *
     * @param amqpUri one address, or a list
     */
    public static Optional<BrokerNode> answering(String amqpUri) {
        return AmqpUrl.parse(amqpUri).stream()
                .flatMap(url -> url.servers().stream()
                        .map(server -> new BrokerNode(url, server.host(), server.portOr(AmqpUrl.defaultPort(url)))))
                .filter(node -> LoopbackPorts.answers(node.host, node.port))
                .findFirst();
    }
}
