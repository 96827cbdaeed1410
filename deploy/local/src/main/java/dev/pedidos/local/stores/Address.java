package dev.pedidos.local.stores;

import dev.pedidos.shared.text.RootLocale;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** An {@code amqp://} or {@code postgresql://} address taken apart. */
record Address(URI uri) {
    private static final int CONNECT_SECONDS = 5;

    static Address of(String text) {
        return new Address(URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text));
    }

    String user() {
        String[] parts = credentials();
        return parts.length > 0 ? decode(parts[0]) : parameter("user");
    }

    String password() {
        String[] parts = credentials();
        return parts.length > 1 ? decode(parts[1]) : parameter("password");
    }

    /** The database or the vhost; for AMQP "/" where none is given. */
    String path() {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : decode(path.substring(1));
    }

    int port(int otherwise) {
        return uri.getPort() < 0 ? otherwise : uri.getPort();
    }

    /** The same server and user, another database or vhost. */
    String with(String path) {
        String text = uri.toString();
        int query = text.indexOf('?');
        String head = query < 0 ? text : text.substring(0, query);
        int end = head.indexOf('/', head.indexOf("://") + "://".length());
        return (end < 0 ? head : head.substring(0, end)) + "/" + path + (query < 0 ? "" : text.substring(query));
    }

    /** Credentials are handed over as properties: an address in an exception's message then tells no password. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return DriverManager.getConnection(
                RootLocale.format("jdbc:postgresql://%s:%d/%s%s", uri.getHost(), port(5432), path(), query),
                properties);
    }

    /** The database takes a connection and answers on it. */
    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String[] credentials() {
        String info = uri.getRawUserInfo();
        return info == null ? new String[0] : info.split(":", 2);
    }

    private String parameter(String name) {
        for (String pair : (uri.getRawQuery() == null ? "" : uri.getRawQuery()).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return decode(pair.substring(name.length() + 1));
            }
        }
        return "";
    }

    /** A plus sign is itself in an address's user part and path. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
