package dev.pedidos.shared.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of an HTTP service, below which its resources are. */
public final class HttpUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private HttpUrl() {}

    /**
     * @return without a slash at its end
     * @throws InvalidUrl the message gives the reason without the text
     */
    public static URI parse(String text) {
        try {
            var url = new URI(text.replaceFirst("/+$", ""));
            require(url.getScheme() != null && SCHEMES.contains(url.getScheme()), "it is neither http:// nor https://");
            require(url.getHost() != null, "it names no host, or one that HTTP does not allow");
            require(url.getPort() != 0 && url.getPort() <= TcpPorts.HIGHEST, TcpPorts.DEMAND);
            require(url.getRawUserInfo() == null, "it has a user: a token belongs into a file of its own");
            require(url.getRawQuery() == null && url.getRawFragment() == null, "it has a ? or a #");
            return url;
        } catch (URISyntaxException e) {
            // The exception repeats the text.
            throw new InvalidUrl("it is no URL");
        }
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new InvalidUrl(why);
        }
    }
}
