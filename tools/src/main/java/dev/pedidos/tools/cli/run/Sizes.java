package dev.pedidos.tools.cli.run;

import dev.pedidos.tools.cli.options.Numbers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the number of programs. */
final class Sizes {
    private static final int MOST = 64;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "Workers (${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--apis", paramLabel = "N", defaultValue = "1", description = "API instances (${DEFAULT-VALUE}).")
    private int apis;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    int workers() {
        return checked("--workers", workers);
    }

    int apis() {
        return checked("--apis", apis);
    }

    private int checked(String option, int value) {
        return Numbers.checked(spec, option, value, 1, MOST);
    }
}
