package dev.pedidos.tools.cli;

import ch.qos.logback.classic.Level;
import dev.pedidos.shared.runtime.InvalidConfig;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.commands.Deployment;
import dev.pedidos.tools.cli.commands.FileTrouble;
import dev.pedidos.tools.cli.commands.Interruption;
import dev.pedidos.tools.cli.commands.Pedidos;
import dev.pedidos.tools.cli.commands.WrongWords;
import dev.pedidos.tools.cli.operate.FaultyFields;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind {@code ./pedidos}. */
public final class Main {

    private static final String STOPPED = "stopped before the end";

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        RootLocale.makeDefault();
        onlyWarnings();
        var misplaced = Deployment.refusal(args);
        if (misplaced.isPresent()) {
            System.err.println(misplaced.get());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        new Interruption(() -> commandLine().execute(args)).runAndExit();
    }

    /** What libraries log about their inner life is nothing that a person at a terminal asked for. */
    private static void onlyWarnings() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    /** Exit codes: 0 done, 1 a law or a step failed, 2 wrong use. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new Pedidos());
        commandLine.setParameterExceptionHandler((wrong, arguments) -> {
            var command = wrong.getCommandLine();
            command.getErr().println(wrong.getMessage());
            UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        WrongWords.refuseOtherDigits(commandLine);
        return commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            switch (failure) {
                case InterruptedException stopped -> command.getErr().println(STOPPED);
                case ClosedByInterruptException stopped -> command.getErr().println(STOPPED);
                case FaultyFields faulty -> {
                    faulty.messages()
                            .forEach(
                                    (field, what) -> command.getErr().println(WrongWords.optionOf(field) + " " + what));
                    command.usage(command.getErr());
                    return CommandLine.ExitCode.USAGE;
                }
                case InvalidConfig invalid -> {
                    command.getErr().println(invalid.getMessage());
                    return CommandLine.ExitCode.USAGE;
                }
                case RuntimeException unexpected -> unexpected.printStackTrace(command.getErr());
                case IOException trouble -> command.getErr().println("pedidos: " + FileTrouble.text(trouble));
                default -> command.getErr().println("pedidos: " + failure.getMessage());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
