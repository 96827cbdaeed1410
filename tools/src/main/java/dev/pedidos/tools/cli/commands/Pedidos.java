package dev.pedidos.tools.cli.commands;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code ./pedidos}: alone it is no command. */
@Command(
        name = "pedidos",
        mixinStandardHelpOptions = true,
        versionProvider = Pedidos.Version.class,
        description = "Order processing on RabbitMQ and PostgreSQL, on this machine.",
        footer = {
            "",
            "./pedidos test builds everything and runs its tests.",
            "Exit codes: 0 done, 1 a law or a step failed, 2 wrong use."
        },
        subcommands = {
            Up.class,
            Status.class,
            Down.class,
            Demo.class,
            Send.class,
            Verify.class,
            Torture.class,
            Definitions.class,
            Dlq.class,
            Recebedores.class,
            Recover.class,
            Workers.class,
            Reshard.class,
            CommandLine.HelpCommand.class
        })
public final class Pedidos {

    /** That of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Pedidos.class.getPackage().getImplementationVersion();
            return new String[] {"pedidos " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
