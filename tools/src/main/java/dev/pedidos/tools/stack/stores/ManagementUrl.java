package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.InvalidUrl;
import dev.pedidos.shared.config.ServerUrl;
import java.io.IOException;
import java.net.InetAddress;

/** The address of a broker's management API. Credentials in it are left out: those of AMQP_URI are used. */
final class ManagementUrl {

    private static final int OFFSET = 10_000;

    private ManagementUrl() {}

    /** @throws IOException RABBITMQ_MANAGEMENT_URL cannot be used; the message does not repeat it */
    static String of(String given) throws IOException {
        try {
            ServerUrl url = ServerUrl.parse(given);
            boolean http = url.scheme().equals("http") || url.scheme().equals("https");
            if (!http || url.servers().size() != 1) {
                throw new IOException("RABBITMQ_MANAGEMENT_URL must be http://host:port or https://host:port");
            }
            var server = url.servers().getFirst();
            String port = server.port() == 0 ? "" : ":" + server.port();
            String path = url.path().isEmpty() ? "" : "/" + url.path();
            return url.scheme() + "://" + server.host() + port + path;
        } catch (InvalidUrl e) {
            throw new IOException("RABBITMQ_MANAGEMENT_URL must be http://host:port: " + e.getMessage(), e);
        }
    }

    /**
     * The default address: 10000 above the port of AMQP. Encrypted if AMQP is, because the password goes there too. The
     * JDK's client does not accept underscores in a host name.
     */
    static String beside(BrokerNode node) throws IOException {
        String scheme = node.url().scheme().equals(AmqpUrl.TLS) ? "https" : "http";
        String host =
                node.host().contains("_") ? InetAddress.getByName(node.host()).getHostAddress() : node.host();
        return scheme + "://" + host + ":" + (node.port() + OFFSET);
    }
}
