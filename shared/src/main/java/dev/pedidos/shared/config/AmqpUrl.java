package dev.pedidos.shared.config;

import java.util.List;
import java.util.regex.Pattern;

/** Parses {@code AMQP_URI}: one broker, or the nodes of a cluster, as a list of hosts or of whole addresses. */
public final class AmqpUrl {

    public static final String TLS = "amqps";
    public static final int PORT = 5672;
    public static final int TLS_PORT = 5671;

    private static final String PLAIN = "amqp";
    private static final Pattern NEXT = Pattern.compile("\\s*,\\s*(?=[a-z]+://)");

    private AmqpUrl() {}

    /** @throws InvalidUrl the message gives the reason without the text */
    public static List<ServerUrl> parse(String text) {
        return texts(text).stream().map(AmqpUrl::one).toList();
    }

    /** The whole addresses of a list, unchanged. */
    public static List<String> texts(String text) {
        return List.of(NEXT.split(text, -1));
    }

    private static ServerUrl one(String text) {
        var url = ServerUrl.parse(text);
        if (!url.scheme().equals(PLAIN) && !url.scheme().equals(TLS)) {
            throw new InvalidUrl("it is neither amqp:// nor amqps://");
        }
        if (url.query().indexOf('@') >= 0) {
            throw new InvalidUrl("there is an @ after a ?: write %40 for @ and %3F for ? in a user or a password");
        }
        return url;
    }

    public static int defaultPort(ServerUrl url) {
        return url.scheme().equals(TLS) ? TLS_PORT : PORT;
    }
}
