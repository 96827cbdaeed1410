package dev.pedidos.tools.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many entries of a list are shown. */
public final class LimitOption {
    private static final int MOST = 100_000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "The largest number of entries (${DEFAULT-VALUE}).")
    private int limit;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** @throws ParameterException out of bounds: wrong use, exit code 2 */
    public int checked() {
        return Numbers.checked(spec, "--limit", limit, 1, MOST);
    }
}
