package dev.pedidos.api.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises requests that come from a page of another origin, as the browser declares it. Other clients do not send
 * these headers, and pass.
 */
final class CrossOriginCheck {
    private static final Set<String> OWN = Set.of("same-origin", "none");
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    private CrossOriginCheck() {}

    /**
     * @param origins values of the header Origin
     * @param fetchSites values of the header Sec-Fetch-Site
     * @param host the header Host
     */
    static boolean isForeign(List<String> origins, List<String> fetchSites, @Nullable String host) {
        return !OWN.containsAll(fetchSites) || !origins.stream().allMatch(origin -> isOf(origin, host));
    }

    /** A gateway may speak TLS to the browser and plain HTTP to us, so the scheme is not compared. */
    private static boolean isOf(String origin, @Nullable String host) {
        String said = origin.toLowerCase(Locale.ROOT);
        String own = host == null ? "" : host.strip().toLowerCase(Locale.ROOT);
        return said.equals(HTTP + without(own, ":80")) || said.equals(HTTPS + without(own, ":443"));
    }

    private static String without(String host, String defaultPort) {
        return host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
    }
}
