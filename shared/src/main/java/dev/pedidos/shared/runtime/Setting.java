package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.Digits;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One environment variable that the programs understand.
 *
 * @param name the variable
 * @param defaultText what counts where it is not set, as a person would write it; empty: no default
 * @param meaning one line for the README
 * @param valid whether a value can be used
 * @param demand what a value must be, for the one who set another
 */
public record Setting(String name, String defaultText, String meaning, Predicate<String> valid, String demand) {

    /** Any text; whoever reads it may be stricter. */
    static Setting text(String name, String defaultText, String meaning) {
        return new Setting(name, defaultText, meaning, value -> true, "");
    }

    /** The same in a file, for API and worker: what is in the environment can be seen by more people. */
    static Setting fileOf(Setting secret) {
        return text(secret.name() + "_FILE", "", "File that holds `" + secret.name() + "`, for API and worker");
    }

    static Setting matching(String name, String defaultText, Pattern pattern, String demand, String meaning) {
        return new Setting(name, defaultText, meaning, pattern.asMatchPredicate(), demand);
    }

    static Setting integer(String name, int defaultValue, int least, int most, String meaning) {
        return new Setting(
                name,
                Integer.toString(defaultValue),
                meaning,
                value -> isInteger(value, least, most),
                "must be an integer from " + least + " to " + most);
    }

    static Setting oneOf(String name, String defaultText, Set<String> values, String meaning) {
        return new Setting(
                name,
                defaultText,
                meaning,
                values::contains,
                "must be " + String.join(" or ", values.stream().sorted().toList()));
    }

    /** One value for all tipos, or values by tipo; see {@link PerTipo}. */
    static Setting perTipo(String name, String defaultText, Set<String> values, String meaning) {
        String either = String.join(" or ", values.stream().sorted().toList());
        return new Setting(
                name,
                defaultText,
                meaning,
                value -> PerTipo.isValid(value, values),
                "must be " + either + ", or by tipo such as pedido=" + either.replace(" or ", ",despesa="));
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
