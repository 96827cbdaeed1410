package dev.pedidos.shared.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Finds faults in the parameters of a database's address. The driver ignores a name that it does not know. With a wrong
 * value it fails as if the database were down, and repeats the value.
 */
final class DriverParameters {

    /** Names of libpq, which such addresses are usually written for, and those of the driver. */
    private static final Map<String, PGProperty> OF_LIBPQ = Map.of(
            "application_name", PGProperty.APPLICATION_NAME,
            "connect_timeout", PGProperty.CONNECT_TIMEOUT,
            "channel_binding", PGProperty.CHANNEL_BINDING,
            "gssencmode", PGProperty.GSS_ENC_MODE);

    /** Else a part of a password may stand where a name belongs. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,3})?");
    private static final List<String> BOOLEAN = List.of("true", "false");

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
                        Stream.of(PGProperty.values()).flatMap(property -> wrong(property, parameters).stream()))
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

    private static Optional<String> wrong(PGProperty property, Map<String, String> parameters) {
        String given = parameters.get(property.getName());
        if (given == null) {
            return Optional.empty();
        }
        String usual = Objects.requireNonNullElse(property.getDefaultValue(), "");
        if (NUMBER.matcher(usual).matches()) {
            Pattern number = property == PGProperty.LOGIN_TIMEOUT ? DECIMAL : NUMBER;
            return number.matcher(given).matches() ? Optional.empty() : Optional.of(must(property, "a number"));
        }
        if (given.isEmpty() && BOOLEAN.contains(usual)) {
            // A name alone: the driver takes it as true.
            return Optional.empty();
        }
        List<String> choices = choices(property, usual);
        return choices.isEmpty() || choices.stream().anyMatch(given::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(must(property, String.join(" or ", choices)));
    }

    /** None where any text may stand. */
    private static List<String> choices(PGProperty property, String usual) {
        if (property == PGProperty.REQUIRE_AUTH) {
            // Several may be given.
            return List.of();
        }
        if (property.getChoices() != null) {
            return List.of(property.getChoices());
        }
        return BOOLEAN.contains(usual) ? BOOLEAN : List.of();
    }

    private static String must(PGProperty property, String what) {
        return "the parameter " + property.getName() + " must be " + what;
    }
}
