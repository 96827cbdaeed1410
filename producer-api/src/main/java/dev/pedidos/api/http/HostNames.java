package dev.pedidos.api.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host names that requests may use for this server. A page in a browser can point its own name at our address, but
 * cannot send a {@code Host} other than that name.
 *
 * @param names in lower case; a name without a port stands for all ports
 */
public record HostNames(Set<String> names) {
    private static final String ANY = "*";
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @param configured names separated by commas
     * @param boundTo the address that the server listens on. Without configured names, a server on loopback accepts
     * loopback's names, and any other server accepts all names
     */
    public static HostNames of(Optional<String> configured, String boundTo) {
        if (configured.isPresent()) {
            return new HostNames(Arrays.stream(configured.get().split(","))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet()));
        }
        if (!isLoopback(boundTo)) {
            return new HostNames(Set.of(ANY));
        }
        return new HostNames(Stream.concat(LOOPBACK.stream(), Stream.of(boundTo.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** @param host the header; a request without it (HTTP/1.0) comes from no browser */
    boolean allow(@Nullable String host) {
        if (host == null || names.contains(ANY)) {
            return true;
        }
        String said = host.strip().toLowerCase(Locale.ROOT);
        return names.contains(said) || names.contains(PORT.matcher(said).replaceFirst(""));
    }

    /**
     * True if the header is the address at which the request has come in. A monitor that finds containers by DNS asks so; no page can
     * have that origin unless this server has served it.
     */
    static boolean isAddress(@Nullable String host, InetAddress cameInAt) {
        String said = host == null ? "" : PORT.matcher(host.strip()).replaceFirst("");
        try {
            // Never a name: looking one up would keep the thread.
            return said.startsWith("[") && said.endsWith("]")
                    ? InetAddress.getByName(said).equals(cameInAt)
                    : cameInAt.getHostAddress().equals(said);
        } catch (UnknownHostException notOne) {
            return false;
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // The server cannot listen on that address either, and reports it.
            return false;
        }
    }
}
