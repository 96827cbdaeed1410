package dev.pedidos.shared.broker.connection;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.ServerUrl;
import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.tls.ServerName;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** One node of the broker, and the user who connects to it. */
record BrokerAddress(ServerUrl url, ServerUrl.Server server) {

    private static final Pattern CHANNEL_MAX = Pattern.compile("channel_max=([0-9]{1,5})");

    /** Every node that {@code AMQP_URI} names, in its order. */
    static List<BrokerAddress> allOf(String amqpUri) {
        return AmqpUrl.parse(amqpUri).stream()
                .flatMap(url -> url.servers().stream().map(server -> new BrokerAddress(url, server)))
                .toList();
    }

    ConnectionFactory factory() {
        if (!url.scheme().equals(AmqpUrl.TLS)) {
            return filled(GatheredWrites.factory(() -> {}));
        }
        try {
            // The client's default trusts every certificate.
            return overTls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    ConnectionFactory overTls(SSLContext trust) {
        var tls = new TlsToNode(new ServerName(host()));
        var factory = filled(GatheredWrites.factory(tls::confirm));
        factory.useSslProtocol(trust);
        factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator().andThen(tls::demand));
        return factory;
    }

    /**
     * Sets field by field. The client's own parser rejects underscores in host names, and its errors repeat the
     * address.
     */
    private ConnectionFactory filled(ConnectionFactory factory) {
        factory.setHost(host());
        factory.setPort(port());
        if (!url.user().isEmpty()) {
            factory.setUsername(url.user());
            factory.setPassword(url.password());
        }
        if (!url.path().isEmpty()) {
            factory.setVirtualHost(url.path());
        }
        parameters()
                .map(CHANNEL_MAX::matcher)
                .filter(parameter -> parameter.matches())
                .forEach(parameter -> factory.setRequestedChannelMax(Digits.toInt(parameter.group(1))));
        return factory;
    }

    private Stream<String> parameters() {
        return Arrays.stream(url.query().split("&", -1));
    }

    /** Without the brackets of an IPv6 address. */
    private String host() {
        return server.host().replaceAll("[\\[\\]]", "");
    }

    private int port() {
        return server.portOr(AmqpUrl.defaultPort(url));
    }

    /** Host and port, without credentials. */
    @Override
    public String toString() {
        return server.host() + ":" + port();
    }
}
