package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.broker.ShardQueues;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the number of shards of the running fleet. */
@Command(
        name = "reshard",
        mixinStandardHelpOptions = true,
        description = {
            "Change the number of shards while the fleet runs; surplus shards are worked on until they are empty, then removed. If it is interrupted, the same command continues.",
            "The fleet is that of AMQP_URI and DATABASE_URL, with users who may configure; otherwise the one that runs here."
        })
public final class Reshard implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "N", description = "The number of shards, 1 to 256.")
    private int shards;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, TimeoutException, Failed {
        var context = CommandContext.of(spec);
        Numbers.checked(spec, "N", shards, 1, Topology.MOST_SHARDS);
        var fleet = FleetAddress.of(context.env(), RunEnv.read(context.home()));
        try (var ledger = Ledger.connect(DatabaseUrl.parse(fleet.database()));
                var queues = new ShardQueues(new AmqpConnections(fleet.amqp()), fleet.names())) {
            var resharding = new Resharding(queues, ledger);
            if (!resharding.begin()) {
                throw new Failed("somebody else is resharding this fleet");
            }
            int before = resharding.shards();
            context.say(RootLocale.format("from %d to %d shards", before, shards));
            try (var progress = new ProgressView("left in old shards", -1)) {
                resharding.to(shards, progress::at);
            }
            context.print(RootLocale.format("resharded: %d shards before, %d now", before, shards));
            return 0;
        } catch (TopologyMismatch e) {
            throw new Failed(String.valueOf(e.getMessage()));
        } catch (Resharding.Stuck e) {
            throw new Failed(e.getMessage() + " The same command continues where this one stopped");
        }
    }
}
