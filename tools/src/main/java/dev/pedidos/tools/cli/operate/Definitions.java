package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.proof.report.BrokerDefinitions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints exchanges, queues and bindings for a broker on which the programs may not declare them. */
@Command(
        name = "definitions",
        mixinStandardHelpOptions = true,
        description =
                "Print exchanges, queues and bindings, as PEDIDOS_SHARDS, PEDIDOS_PREFIX and PEDIDOS_RETRY_* define"
                        + " them, for RabbitMQ to import.")
public final class Definitions implements Callable<Integer> {

    @Option(
            names = "--vhost",
            paramLabel = "V",
            defaultValue = "pedidos",
            description = "The vhost (${DEFAULT-VALUE}).")
    private String vhost = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (vhost.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--vhost must not be empty");
        }
        var context = CommandContext.of(spec);
        context.print(BrokerDefinitions.text(FleetConfig.topology(context.env()), vhost));
        return 0;
    }
}
