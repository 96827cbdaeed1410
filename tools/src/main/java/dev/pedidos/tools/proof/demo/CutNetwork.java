package dev.pedidos.tools.proof.demo;

import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.tools.proof.torture.system.NetworkLink;
import dev.pedidos.tools.stack.stores.BrokerNode;
import java.io.IOException;
import java.util.Optional;

/** The programs' connection to their broker, through a proxy that can cut it. */
public final class CutNetwork implements AutoCloseable {
    private record Broker(String host, int port) implements NetworkLink.Target {}

    private final NetworkLink proxy;
    private final String amqpUri;

    private CutNetwork(NetworkLink proxy, String amqpUri) {
        this.proxy = proxy;
        this.amqpUri = amqpUri;
    }

    /** Before the node that answers now. Empty for amqps: the broker's certificate does not fit a proxy. */
    public static Optional<CutNetwork> before(String amqpUri) throws IOException {
        var node = BrokerNode.answering(amqpUri).orElseThrow(() -> new IOException("the broker does not answer"));
        if (node.url().scheme().equals(AmqpUrl.TLS)) {
            return Optional.empty();
        }
        var proxy = new NetworkLink(new Broker(node.host(), node.port()));
        return Optional.of(new CutNetwork(proxy, node.url().through("127.0.0.1", proxy.port())));
    }

    /** The address for the programs, in place of the broker's own. */
    public String amqpUri() {
        return amqpUri;
    }

    /** Resets every connection; returns their number. */
    int cut() {
        return proxy.cut();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
