package dev.pedidos.local;

import dev.pedidos.local.commands.Interruption;
import dev.pedidos.local.commands.Pedidos;
import dev.pedidos.shared.runtime.InvalidConfig;
import picocli.CommandLine;

/** The program behind {@code ./pedidos}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        new Interruption(() -> commandLine().execute(args)).runAndExit();
    }

    /** Exit codes: 0 done, 1 a law or a step failed, 2 wrong use. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new Pedidos());
        commandLine.setParameterExceptionHandler((wrong, arguments) -> {
            var command = wrong.getCommandLine();
            command.getErr().println(wrong.getMessage());
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            switch (failure) {
                case InterruptedException stopped -> command.getErr().println("stopped before the end");
                case InvalidConfig invalid -> {
                    command.getErr().println(invalid.getMessage());
                    return CommandLine.ExitCode.USAGE;
                }
                case RuntimeException unexpected -> unexpected.printStackTrace(command.getErr());
                default -> command.getErr().println("pedidos: " + failure.getMessage());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
