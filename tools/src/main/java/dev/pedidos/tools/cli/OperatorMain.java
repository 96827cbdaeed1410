package dev.pedidos.tools.cli;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.archive.Archive;
import dev.pedidos.tools.cli.dlq.Dlq;
import dev.pedidos.tools.cli.operate.Definitions;
import dev.pedidos.tools.cli.operate.Recebedores;
import dev.pedidos.tools.cli.operate.Recover;
import dev.pedidos.tools.cli.operate.Replay;
import dev.pedidos.tools.cli.operate.Reshard;
import dev.pedidos.tools.cli.operate.Verify;
import dev.pedidos.tools.cli.operate.Workers;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.program.Commands;
import dev.pedidos.tools.cli.program.JarVersion;
import dev.pedidos.tools.cli.send.Send;
import dev.pedidos.tools.cli.task.Task;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The program of the image for operators: commands for a deployed system. Its jar has no other commands, no fault injector,
 * and no code that starts brokers, databases or programs.
 */
@Command(
        name = "pedidos",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = "Commands for operators of a deployed Pedidos.",
        footer = {"", "Exit codes: 0 done, 1 a law or a step failed, 2 wrong use."})
public final class OperatorMain {
    private static final Set<String> OF_A_CHECKOUT =
            Set.of("up", "status", "down", "demo", "torture", "bench", "listen", "test");

    public static void main(String[] args) throws InterruptedException {
        var refusal = refusal(args);
        if (refusal.isPresent()) {
            System.err.println(refusal.get());
            System.exit(ExitCode.USAGE);
        }
        Commands.run(OperatorMain::commandLine, args);
    }

    public static CommandLine commandLine() {
        return Commands.of(
                new OperatorMain(),
                new Send(),
                new Verify((context, since) -> {
                    throw new Failed("the address of the ledger is missing: give --url DATABASE_URL");
                }),
                new Definitions(),
                new Dlq(),
                new Task(),
                new Recebedores(),
                new Recover(),
                new Replay(),
                new Archive(),
                new Workers(),
                new Reshard());
    }

    /** The message for a command that only a checkout has; empty for every other command. */
    static Optional<String> refusal(String... arguments) {
        if (arguments.length == 0 || !OF_A_CHECKOUT.contains(arguments[0])) {
            return Optional.empty();
        }
        return Optional.of(RootLocale.format(
                "pedidos: `%s` works in a checkout of Pedidos, as ./pedidos %s, and not in this container. Nothing was"
                        + " done. Use docker compose or kubectl for the system that runs here.",
                arguments[0], arguments[0]));
    }
}
