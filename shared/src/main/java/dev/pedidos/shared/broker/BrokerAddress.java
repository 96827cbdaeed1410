package dev.pedidos.shared.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.ServerUrl;
import dev.pedidos.shared.text.Digits;
import java.security.GeneralSecurityException;
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

    /**
     * Sets field by field. The client's own parser rejects underscores in host names, and its errors repeat the
     * address.
     */
    void applyTo(ConnectionFactory factory) {
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
        if (url.scheme().equals(AmqpUrl.TLS)) {
            useTls(factory);
        }
    }

    private static void useTls(ConnectionFactory factory) {
        try {
            // The client's default trusts every certificate.
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
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
