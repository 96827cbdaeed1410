package dev.pedidos.shared.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * The address of the database and the user who connects. Credentials and parameters are kept apart from the address: the
 * driver repeats an address in its exceptions, and a parameter may be the password of a key.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port,host:port/database}; may be logged
 * @param parameters for the driver. Do not log them
 */
public record DatabaseUrl(String jdbcUrl, String user, String password, Map<String, String> parameters) {

    private static final String JDBC = "jdbc:";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final int PORT = 5432;
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    /**
     * Defaults for several servers: only the primary is used, a silent server is given up soon, and a server that was not
     * the primary is tried again soon. Parameters in the address win.
     */
    private static final Map<String, String> OF_SEVERAL = Map.of(
            "connectTimeout", "2",
            "gssResponseTimeout", "1000",
            "hostRecheckSeconds", "2",
            "socketFactory", "dev.pedidos.shared.ledger.ImpatientSockets",
            "sslResponseTimeout", "1000",
            "targetServerType", "primary");

    /** Each would lead to another server or database than the address names. */
    private static final Set<String> OTHER_ADDRESSES =
            Set.of("service", "host", "port", "dbname", "PGHOST", "PGPORT", "PGDBNAME");

    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /**
     * @throws InvalidUrl the text is neither a {@code postgresql://} nor a {@code jdbc:postgresql://} URL, or it names
     * no user, or the driver cannot use a parameter; the message does not repeat it
     */
    public static DatabaseUrl parse(String text) {
        var url = ServerUrl.parse(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
        if (!SCHEMES.contains(url.scheme())) {
            throw new InvalidUrl("it is neither postgresql:// nor jdbc:postgresql://");
        }
        if (url.path().isEmpty()) {
            throw new InvalidUrl("it names no database");
        }
        Map<String, String> parameters = parametersIn(url.query());
        String user = Objects.requireNonNullElseGet(parameters.remove(USER), url::user);
        String password = Objects.requireNonNullElseGet(parameters.remove(PASSWORD), url::password);
        if (user.isEmpty()) {
            throw new InvalidUrl("it names no user");
        }
        List<String> faults = DriverParameters.faults(parameters);
        if (!faults.isEmpty()) {
            throw new InvalidUrl(String.join("; ", faults));
        }
        if (url.servers().size() > 1) {
            OF_SEVERAL.forEach(parameters::putIfAbsent);
        }
        return new DatabaseUrl(
                "jdbc:postgresql://" + url.addresses(PORT) + "/" + ServerUrl.encoded(url.path()),
                user,
                password,
                parameters);
    }

    /** By the driver's names; user and password, if they are given there, are among them. */
    private static Map<String, String> parametersIn(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            String name = parameter.split("=", 2)[0];
            String value = parameter.substring(Math.min(name.length() + 1, parameter.length()));
            if (OTHER_ADDRESSES.contains(name)) {
                throw new InvalidUrl("the parameter " + name
                        + " is not allowed: write servers and database before the question mark");
            } else if (name.equals(USER) || name.equals(PASSWORD)) {
                parameters.put(name, ServerUrl.decoded(value));
            } else if (!name.isEmpty()) {
                // As the driver reads an address: a plus sign is a space.
                parameters.put(DriverParameters.nameOf(name), URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /**
     * User, password and parameters, for the driver.
     *
     * @param defaults of the caller; parameters of the address win
     */
    public Properties properties(Map<String, String> defaults) {
        var properties = new Properties();
        properties.putAll(defaults);
        properties.putAll(parameters);
        if (!user.isEmpty()) {
            properties.setProperty(USER, user);
            properties.setProperty(PASSWORD, password);
        }
        return properties;
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
