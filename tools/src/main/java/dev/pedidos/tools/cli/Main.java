package dev.pedidos.tools.cli;

import dev.pedidos.tools.cli.archive.Archive;
import dev.pedidos.tools.cli.dlq.Dlq;
import dev.pedidos.tools.cli.listen.Listen;
import dev.pedidos.tools.cli.operate.Definitions;
import dev.pedidos.tools.cli.operate.Recebedores;
import dev.pedidos.tools.cli.operate.Recover;
import dev.pedidos.tools.cli.operate.Replay;
import dev.pedidos.tools.cli.operate.Reshard;
import dev.pedidos.tools.cli.operate.Verify;
import dev.pedidos.tools.cli.operate.Workers;
import dev.pedidos.tools.cli.program.Commands;
import dev.pedidos.tools.cli.program.JarVersion;
import dev.pedidos.tools.cli.proof.Bench;
import dev.pedidos.tools.cli.proof.Demo;
import dev.pedidos.tools.cli.proof.Torture;
import dev.pedidos.tools.cli.run.Down;
import dev.pedidos.tools.cli.run.LastLedger;
import dev.pedidos.tools.cli.run.Status;
import dev.pedidos.tools.cli.run.Up;
import dev.pedidos.tools.cli.send.Send;
import dev.pedidos.tools.cli.task.Task;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./pedidos} in a checkout. */
@Command(
        name = "pedidos",
        mixinStandardHelpOptions = true,
        versionProvider = JarVersion.class,
        description = "Order processing on RabbitMQ and PostgreSQL, on this machine.",
        footer = {
            "",
            "./pedidos test builds everything and runs its tests.",
            "Exit codes: 0 done, 1 a law or a step failed, 2 wrong use."
        })
public final class Main {

    public static void main(String[] args) throws InterruptedException {
        Commands.run(Main::commandLine, args);
    }

    public static CommandLine commandLine() {
        return Commands.of(
                new Main(),
                new Up(),
                new Status(),
                new Down(),
                new Demo(),
                new Send(),
                new Verify(new LastLedger()),
                new Torture(),
                new Bench(),
                new Definitions(),
                new Dlq(),
                new Task(),
                new Listen(),
                new Recebedores(),
                new Recover(),
                new Replay(),
                new Archive(),
                new Workers(),
                new Reshard());
    }
}
