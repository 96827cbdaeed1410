package dev.pedidos.shared.runtime;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the database is and who connects. Credentials are kept apart from the address, so that the address can be
 * logged.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?parameters}, without credentials
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

    /** @throws IllegalArgumentException where it is neither a {@code postgresql://} nor a {@code jdbc:postgresql://} URL */
    public static DatabaseUrl parse(String text) {
        var uri = URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        String path = uri.getRawPath();
        if (!known || uri.getHost() == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException("not a PostgreSQL URL with host and database");
        }
        String user = "";
        String password = "";
        if (uri.getRawUserInfo() != null) {
            var parts = uri.getRawUserInfo().split(":", 2);
            user = decode(parts[0]);
            password = parts.length > 1 ? decode(parts[1]) : "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            if (parameter.startsWith("user=")) {
                user = decode(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decode(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new DatabaseUrl("jdbc:postgresql://" + uri.getHost() + ":" + port + path + query, user, password);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
