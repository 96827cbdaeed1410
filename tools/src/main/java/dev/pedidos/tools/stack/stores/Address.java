package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.config.ServerUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Parses an {@code amqp://} or {@code postgresql://} address with one or several servers.
 *
 * @param text with credentials: never printed
 */
record Address(String text) {
    private static final Map<String, String> PROPERTIES = Map.of("connectTimeout", "5");
    private static final String JDBC = "jdbc:";

    static Address of(String text) {
        return new Address(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
    }

    /** One, unless the text is a list of whole addresses. */
    List<ServerUrl> urls() {
        return isAmqp() ? AmqpUrl.parse(text) : List.of(ServerUrl.parse(text));
    }

    private boolean isAmqp() {
        return text.startsWith("amqp");
    }

    String user() {
        return isAmqp() ? urls().getFirst().user() : DatabaseUrl.parse(text).user();
    }

    String password() {
        return isAmqp() ? urls().getFirst().password() : DatabaseUrl.parse(text).password();
    }

    /** The database or the vhost; for AMQP "/" if none is given. */
    String path() {
        String path = urls().getFirst().path();
        return path.isEmpty() ? "/" : path;
    }

    int port(int otherwise) {
        return urls().getFirst().servers().getFirst().portOr(otherwise);
    }

    /** The same servers and user with another database or vhost. */
    String with(String path) {
        return isAmqp()
                ? AmqpUrl.texts(text).stream().map(one -> with(one, path)).collect(Collectors.joining(","))
                : with(text, path);
    }

    private static String with(String text, String path) {
        int query = text.indexOf('?');
        String head = query < 0 ? text : text.substring(0, query);
        int end = head.indexOf('/', head.indexOf("://") + "://".length());
        return (end < 0 ? head : head.substring(0, end)) + "/" + ServerUrl.encoded(path)
                + (query < 0 ? "" : text.substring(query));
    }

    Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(text);
        return DriverManager.getConnection(url.jdbcUrl(), url.properties(PROPERTIES));
    }

    /** True if the database accepts a connection and answers on it. */
    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Hosts and ports only. */
    @Override
    public String toString() {
        return urls().stream().map(ServerUrl::toString).collect(Collectors.joining(","));
    }
}
