package dev.pedidos.shared.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Finds faults in the parameters of a database's address. The driver ignores a name that it does not know, and with a
 * wrong choice it fails as if the database were down.
 */
final class DriverParameters {

    private static final List<PGProperty> CHOICES = List.of(PGProperty.SSL_MODE, PGProperty.TARGET_SERVER_TYPE);
    /** Names of libpq, which such addresses are usually written for, and those of the driver. */
    private static final Map<String, PGProperty> OF_LIBPQ = Map.of(
            "application_name", PGProperty.APPLICATION_NAME,
            "connect_timeout", PGProperty.CONNECT_TIMEOUT,
            "channel_binding", PGProperty.CHANNEL_BINDING,
            "gssencmode", PGProperty.GSS_ENC_MODE);

    /** Else a part of a password may stand where a name belongs. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

    private DriverParameters() {}

    /** The driver's name for a parameter. */
    static String nameOf(String given) {
        var known = OF_LIBPQ.get(given);
        return known == null ? given : known.getName();
    }

    /** No fault repeats a value. */
    static List<String> faults(Map<String, String> parameters) {
        return Stream.concat(
                        parameters.keySet().stream().flatMap(name -> unknown(name).stream()),
                        CHOICES.stream().flatMap(choice -> wrong(choice, parameters).stream()))
                .toList();
    }

    private static Optional<String> unknown(String name) {
        if (PGProperty.forName(name) != null) {
            return Optional.empty();
        }
        return Optional.of(
                NAME.matcher(name).matches()
                        ? "the driver has no parameter " + name
                        : "a word after the question mark is no parameter of the driver");
    }

    private static Optional<String> wrong(PGProperty choice, Map<String, String> parameters) {
        String given = parameters.get(choice.getName());
        var choices = List.of(choice.getChoices());
        return given == null || choices.stream().anyMatch(given::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("the parameter " + choice.getName() + " must be " + String.join(" or ", choices));
    }
}
