package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.config.ServerUrl;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A database's address as the environment of a program that uses libpq. */
final class LibpqVariables {
    private static final int PORT = 5432;
    /** By the driver's names. Values that are words have no capitals in libpq. */
    private static final Map<String, String> OF_WORDS = Map.of(
            "sslmode", "PGSSLMODE",
            "channelBinding", "PGCHANNELBINDING",
            "gssEncMode", "PGGSSENCMODE");

    private static final Map<String, String> OF_TEXT = Map.of(
            "sslrootcert", "PGSSLROOTCERT",
            "ApplicationName", "PGAPPNAME",
            "connectTimeout", "PGCONNECT_TIMEOUT");

    /** They say how the driver goes about a list of servers, and {@link DatabaseUrl} adds them. */
    private static final Set<String> OF_THE_DRIVER =
            Set.of("gssResponseTimeout", "hostRecheckSeconds", "socketFactory", "sslResponseTimeout");

    private LibpqVariables() {}

    /** Empty if libpq has no name for one of the parameters: without it the connection would be another one. */
    static Optional<Map<String, String>> of(DatabaseUrl url) {
        ServerUrl address = ServerUrl.parse(url.jdbcUrl().substring("jdbc:".length()));
        Map<String, String> variables = new HashMap<>();
        variables.put("PGHOST", each(address, server -> server.host().replaceAll("[\\[\\]]", "")));
        variables.put("PGPORT", each(address, server -> Integer.toString(server.portOr(PORT))));
        variables.put("PGUSER", url.user());
        variables.put("PGPASSWORD", url.password());
        variables.put("PGDATABASE", address.path());
        for (Map.Entry<String, String> parameter : url.parameters().entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            if (OF_WORDS.containsKey(name)) {
                variables.put(OF_WORDS.get(name), value.toLowerCase(Locale.ROOT));
            } else if (OF_TEXT.containsKey(name)) {
                variables.put(OF_TEXT.get(name), value);
            } else if (name.equals("targetServerType") && value.equals("primary")) {
                variables.put("PGTARGETSESSIONATTRS", "read-write");
            } else if (!OF_THE_DRIVER.contains(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static String each(ServerUrl address, Function<ServerUrl.Server, String> part) {
        return address.servers().stream().map(part).collect(Collectors.joining(","));
    }
}
