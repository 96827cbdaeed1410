package dev.pedidos.shared.config;

import dev.pedidos.shared.text.Digits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An environment variable of the programs.
 *
 * @param name the variable
 * @param defaultText the default, as a person would write it; empty: no default
 * @param meaning one line for docs/configuration.md
 * @param valid true for a value that can be used
 * @param complaint the message for an invalid value: what it must be. It never repeats the value, which may be a
 * secret
 */
public record Setting(
        String name, String defaultText, String meaning, Predicate<String> valid, UnaryOperator<String> complaint) {

    /** Throws {@link InvalidUrl} if the text is not an address of this kind. */
    @FunctionalInterface
    interface Parse {
        Object apply(String text);
    }

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[?[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?]?");

    /** Any text; the code that reads it may be stricter. */
    static Setting text(String name, String defaultText, String meaning) {
        return new Setting(name, defaultText, meaning, value -> true, value -> "");
    }

    /** The secret in a file, for API and worker. More people can see the environment than the file. */
    static Setting fileOf(Setting secret) {
        return text(secret.name() + "_FILE", "", "File that holds `" + secret.name() + "`, for API and worker");
    }

    static Setting matching(String name, String defaultText, Pattern pattern, String demand, String meaning) {
        return new Setting(name, defaultText, meaning, pattern.asMatchPredicate(), value -> demand);
    }

    /** An address to listen on: a name or an IP address. */
    static Setting host(String name, String defaultText, String meaning) {
        return matching(name, defaultText, HOST, "must be a host name or an IP address", meaning);
    }

    static Setting folder(String name, String defaultText, String meaning) {
        return new Setting(name, defaultText, meaning, Setting::isPath, value -> "must be the path of a folder");
    }

    static Setting file(String name, String defaultText, String meaning) {
        return new Setting(name, defaultText, meaning, Setting::isPath, value -> "must be the path of a file");
    }

    static Setting integer(String name, int defaultValue, int least, int most, String meaning) {
        return new Setting(
                name,
                Integer.toString(defaultValue),
                meaning,
                value -> isInteger(value, least, most),
                value -> "must be an integer from " + least + " to " + most);
    }

    static Setting oneOf(String name, String defaultText, Set<String> values, String meaning) {
        return new Setting(
                name,
                defaultText,
                meaning,
                values::contains,
                value -> "must be "
                        + String.join(" or ", values.stream().sorted().toList()));
    }

    /** One value for all tipos, or values by tipo; see {@link PerTipo}. */
    static Setting perTipo(String name, String defaultText, Set<String> values, String meaning) {
        String either = String.join(" or ", values.stream().sorted().toList());
        return new Setting(
                name,
                defaultText,
                meaning,
                value -> PerTipo.isValid(value, values),
                value -> "must be " + either + ", or by tipo such as pedido=" + either.replace(" or ", ",despesa=")
                        + ", each tipo once");
    }

    static Setting address(String name, String defaultText, String meaning, String demand, Parse parse) {
        return new Setting(
                name,
                defaultText,
                meaning,
                value -> fault(value, parse).isEmpty(),
                value -> demand + ": " + fault(value, parse));
    }

    /** Empty if there is none. */
    private static String fault(String value, Parse parse) {
        try {
            var unused = parse.apply(value);
            return "";
        } catch (InvalidUrl e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static boolean isPath(String value) {
        try {
            var unused = Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isInteger(String value, int least, int most) {
        try {
            int number = Digits.toInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
