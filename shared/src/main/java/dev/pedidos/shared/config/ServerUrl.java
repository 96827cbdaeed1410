package dev.pedidos.shared.config;

import dev.pedidos.shared.text.Digits;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of one or several servers: {@code scheme://user:password@host:port,host:port/path?query}. Parsed by
 * hand: {@link java.net.URI} accepts neither lists nor underscores in host names, and its exceptions repeat the text.
 *
 * @param user decoded; empty if not given
 * @param password decoded; empty if not given
 * @param path decoded, without its slash: a vhost or a database
 * @param query unchanged
 */
public record ServerUrl(String scheme, String user, String password, List<Server> servers, String path, String query) {

    /** @param port 0 if not given */
    public record Server(String host, int port) {

        public int portOr(int otherwise) {
            return port == 0 ? otherwise : port;
        }
    }

    private static final String SEPARATOR = "://";
    private static final Pattern SERVER = Pattern.compile(
            "([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253})|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?])(?::([0-9]{1,5}))?");
    private static final Pattern UNUSABLE = Pattern.compile("[\\p{Cntrl}\\s#\"<>\\\\^`{|}]");
    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String ENCODE = ": write %40 for @, %2F for /, %3A for :, %3F for ?, %23 for #, %25 for %";

    public ServerUrl {
        servers = List.copyOf(servers);
    }

    /** @throws InvalidUrl the message gives the reason without the text */
    public static ServerUrl parse(String text) {
        int scheme = text.indexOf(SEPARATOR);
        require(scheme > 0, "it does not begin with scheme://");
        String rest = text.substring(scheme + SEPARATOR.length());
        int query = before(rest, '?');
        int path = Math.min(before(rest, '/'), query);
        String authority = rest.substring(0, path);
        int at = authority.lastIndexOf('@');
        String place = rest.substring(Math.min(path + 1, query), query);
        require(authority.indexOf('@') == at, "it has more than one @" + ENCODE);
        require(place.indexOf('@') < 0 && place.indexOf('/') < 0, "there is an @ or a / after the hosts" + ENCODE);
        // Other drivers write parameters so: a password among them would become a part of a name, which is logged.
        require(
                rest.indexOf(';', path) < 0,
                "there is a ; after the hosts: write parameters as ?name=value&name=value, and %3B for ;");
        String credentials = authority.substring(0, Math.max(at, 0));
        int colon = before(credentials, ':');
        return new ServerUrl(
                text.substring(0, scheme),
                decoded(credentials.substring(0, colon)),
                decoded(credentials.substring(Math.min(colon + 1, credentials.length()))),
                servers(authority.substring(at + 1)),
                decoded(place),
                checked(rest.substring(Math.min(query + 1, rest.length()))));
    }

    private static List<Server> servers(String list) {
        return Arrays.stream(list.split(",", -1)).map(ServerUrl::server).toList();
    }

    private static Server server(String text) {
        var parts = SERVER.matcher(text.strip());
        require(parts.matches(), "it names no valid host: write name:port, or several separated by commas");
        int port = parts.group(2) == null ? 0 : Digits.toInt(parts.group(2));
        require(parts.group(2) == null || (port > 0 && port <= TcpPorts.HIGHEST), TcpPorts.DEMAND);
        return new Server(parts.group(1), port);
    }

    /** A plus sign stays a plus sign: this is not form encoding. */
    static String decoded(String text) {
        return URLDecoder.decode(checked(text).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String checked(String text) {
        require(!BROKEN_ENCODING.matcher(text).find(), "a % is not followed by two hexadecimal digits" + ENCODE);
        require(!UNUSABLE.matcher(text).find(), "it has a space or another character that must be encoded" + ENCODE);
        return text;
    }

    private static int before(String text, char end) {
        int found = text.indexOf(end);
        return found < 0 ? text.length() : found;
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new InvalidUrl(why);
        }
    }

    /** The same user and path, with another server. */
    public String through(String host, int port) {
        String credentials = user.isEmpty() ? "" : encoded(user) + ":" + encoded(password) + "@";
        return scheme + SEPARATOR + credentials + host + ":" + port + "/" + encoded(path)
                + (query.isEmpty() ? "" : "?" + query);
    }

    /** Hosts and ports only; may be logged. */
    public String addresses(int port) {
        return servers.stream()
                .map(server -> server.host() + ":" + server.portOr(port))
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return scheme
                + SEPARATOR
                + servers.stream()
                        .map(server -> server.port() == 0 ? server.host() : server.host() + ":" + server.port())
                        .collect(Collectors.joining(","))
                + "/"
                + path;
    }
}
