package dev.pedidos.shared.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The address of the database and the user who connects. Credentials are kept apart from the address, so that the
 * address can be logged.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port,host:port/database?parameters}, without user and password. Do not
 * log it: a parameter may be the password of a key
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

    private static final String JDBC = "jdbc:";
    private static final int PORT = 5432;
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    /**
     * Defaults for several servers: only the primary is used, a silent one is given up soon, and one that was not the
     * primary is tried again soon. Parameters in the address win.
     */
    private static final Map<String, String> OF_SEVERAL = new TreeMap<>(Map.of(
            "connectTimeout", "2",
            "gssResponseTimeout", "1000",
            "hostRecheckSeconds", "2",
            "socketFactory", "dev.pedidos.shared.runtime.ImpatientSockets",
            "sslResponseTimeout", "1000",
            "targetServerType", "primary"));

    /**
     * @throws InvalidUrl the text is neither a {@code postgresql://} nor a {@code jdbc:postgresql://} URL; the message
     * does not repeat it
     */
    public static DatabaseUrl parse(String text) {
        var url = ServerUrl.parse(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
        if (!SCHEMES.contains(url.scheme())) {
            throw new InvalidUrl("it is neither postgresql:// nor jdbc:postgresql://");
        }
        if (url.path().isEmpty()) {
            throw new InvalidUrl("it names no database");
        }
        String user = url.user();
        String password = url.password();
        List<String> parameters = new ArrayList<>();
        for (String parameter : url.query().split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = ServerUrl.decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = ServerUrl.decoded(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        if (url.servers().size() > 1) {
            addForSeveral(parameters);
        }
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new DatabaseUrl(
                "jdbc:postgresql://" + url.addresses(PORT) + "/" + ServerUrl.encoded(url.path()) + query,
                user,
                password);
    }

    private static void addForSeveral(List<String> parameters) {
        List<String> given =
                parameters.stream().map(each -> each.split("=", 2)[0]).toList();
        OF_SEVERAL.forEach((name, value) -> {
            if (!given.contains(name)) {
                parameters.add(name + "=" + value);
            }
        });
    }

    /** Servers and database; may be logged. */
    public String address() {
        return jdbcUrl.replaceFirst("[?].*", "");
    }

    @Override
    public String toString() {
        return address() + " as " + user;
    }
}
