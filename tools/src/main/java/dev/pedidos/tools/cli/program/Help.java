package dev.pedidos.tools.cli.program;

import dev.pedidos.shared.text.RootLocale;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Picocli's own knows only the first of the words. */
@Command(name = "help", helpCommand = true, description = "Show this help, or that of a command: help dlq redrive.")
final class Help implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command and its subcommand.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine named = Objects.requireNonNull(spec.parent()).commandLine();
        for (String word : words) {
            CommandLine next = named.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        named, RootLocale.format("Unknown command '%s %s'", named.getCommandName(), word));
            }
            named = next;
        }
        named.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
