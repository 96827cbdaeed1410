package dev.pedidos.tools.cli.program;

import ch.qos.logback.classic.Level;
import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.FaultyFields;
import dev.pedidos.tools.cli.options.FileTrouble;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A program with commands. Exit codes: 0 done, 1 a law or a step failed, 2 wrong use. */
public final class Commands {
    private static final String STOPPED = "stopped before the end";

    private Commands() {}

    /** Runs one command line and ends the JVM with its exit code. */
    public static void run(Supplier<CommandLine> program, String... arguments) throws InterruptedException {
        RootLocale.makeDefault();
        logWarningsOnly();
        new Interruption(() -> execute(program.get(), arguments)).runAndExit();
    }

    /** Results that could not be written are a failure: another program may read them. */
    static int execute(CommandLine program, String... arguments) {
        int exitCode = program.execute(arguments);
        // The writer of picocli does not see the faults of the stream below it.
        if (program.getOut().checkError() || System.out.checkError()) {
            program.getErr().println("pedidos: not all output could be written");
            return exitCode == ExitCode.OK ? ExitCode.SOFTWARE : exitCode;
        }
        return exitCode;
    }

    /** The log lines of libraries at level INFO would mix with the output of the command. */
    private static void logWarningsOnly() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    /** @param commands in the order of the help text; {@code help} is added as the last one */
    public static CommandLine of(Object root, Object... commands) {
        var program = new CommandLine(root);
        for (Object command : commands) {
            program.addSubcommand(command);
        }
        program.addSubcommand(new Help());
        // Picocli would replace an argument that begins with @ by what a file of this name says.
        program.setExpandAtFiles(false);
        program.setParameterExceptionHandler((wrong, arguments) -> {
            var command = wrong.getCommandLine();
            command.getErr().println(wrongUse(wrong, arguments));
            UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            command.usage(command.getErr());
            return ExitCode.USAGE;
        });
        Converters.register(program);
        return program.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    /** An argument that belongs nowhere may be a secret whose option somebody forgot or mistyped. */
    private static String wrongUse(ParameterException wrong, String... arguments) {
        return wrong instanceof UnmatchedArgumentException unmatched
                ? IntStream.range(0, arguments.length)
                        .filter(i -> unmatched.getUnmatched().contains(arguments[i]))
                        .mapToObj(i -> "argument " + (i + 1))
                        .collect(Collectors.joining(", ", "Not understood: ", ""))
                : withoutPasswords(String.valueOf(wrong.getMessage()));
    }

    private static String withoutPasswords(String message) {
        return message.replaceAll("://[^\\s'/]*@", "://***@").replaceAll("(?i)(password=)[^\\s'&]*", "$1***");
    }

    private static int explain(Exception failure, CommandLine command) {
        var err = command.getErr();
        switch (failure) {
            case InterruptedException stopped -> err.println(STOPPED);
            case ClosedByInterruptException stopped -> err.println(STOPPED);
            case FileLockInterruptionException stopped -> err.println(STOPPED);
            case FaultyFields faulty -> {
                faulty.messages().forEach((field, what) -> err.println(OptionNames.of(field) + " " + what));
                command.usage(err);
                return ExitCode.USAGE;
            }
            case InvalidConfig invalid -> {
                err.println(invalid.getMessage());
                return ExitCode.USAGE;
            }
            case RuntimeException unexpected -> unexpected.printStackTrace(err);
            case IOException trouble -> err.println("pedidos: " + FileTrouble.text(trouble));
            default -> err.println("pedidos: " + failure.getMessage());
        }
        return ExitCode.SOFTWARE;
    }
}
