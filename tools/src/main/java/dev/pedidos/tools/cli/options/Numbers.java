package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.text.RootLocale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the bounds of numeric options. */
public final class Numbers {

    private Numbers() {}

    /** @throws ParameterException out of bounds: wrong use, exit code 2 */
    public static int checked(CommandSpec spec, String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    RootLocale.format("%s must be from %,d to %,d, not %,d", option, least, most, value));
        }
        return value;
    }
}
