package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.runtime.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks the user before a step that cannot be undone. */
public final class Consent {
    private static final Set<String> YES = Set.of("y", "yes", "s", "sim");

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Says so if nothing is done.
     *
     * @throws ParameterException there is no terminal to ask on, and --yes was not given
     */
    public boolean given(CommandContext context, String question) throws IOException, InterruptedException {
        if (yes) {
            return true;
        }
        if (!Terminal.onStdin()) {
            throw new ParameterException(spec.commandLine(), question + " Nobody can answer here: use --yes");
        }
        context.say(question + " [y/N]");
        String answer = AbandonableIo.run(Consent::line);
        boolean agreed = YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        if (!agreed) {
            context.say("nothing was done");
        }
        return agreed;
    }

    private static String line() throws IOException {
        return Objects.requireNonNullElse(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine(), "");
    }
}
