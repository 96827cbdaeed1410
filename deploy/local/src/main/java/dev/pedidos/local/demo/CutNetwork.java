package dev.pedidos.local.demo;

import dev.pedidos.local.torture.system.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The way of the programs to their broker, through a proxy of ours that can cut it. */
public final class CutNetwork implements AutoCloseable {
    private static final int AMQP_PORT = 5672;

    private record Broker(String host, int port) implements TcpProxy.Target {}

    private final TcpProxy proxy;
    private final String amqpUri;

    private CutNetwork(TcpProxy proxy, String amqpUri) {
        this.proxy = proxy;
        this.amqpUri = amqpUri;
    }

    /** Empty for amqps: the broker's certificate is not good for a proxy. */
    public static Optional<CutNetwork> before(String amqpUri) throws IOException {
        var uri = URI.create(amqpUri);
        if (!"amqp".equals(uri.getScheme())) {
            return Optional.empty();
        }
        var proxy = new TcpProxy(new Broker(uri.getHost(), uri.getPort() < 0 ? AMQP_PORT : uri.getPort()));
        String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String through = "amqp://" + user + "127.0.0.1:" + proxy.port() + uri.getRawPath() + query;
        return Optional.of(new CutNetwork(proxy, through));
    }

    /** For the programs, in place of the broker's own. */
    public String amqpUri() {
        return amqpUri;
    }

    /** Resets every connection; returns how many there were. */
    int cut() {
        return proxy.cut();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
