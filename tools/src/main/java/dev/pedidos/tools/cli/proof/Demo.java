package dev.pedidos.tools.cli.proof;

import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.cli.run.PrefixCleanup;
import dev.pedidos.tools.proof.demo.CutNetwork;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.HomeLock;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.processes.FleetSize;
import dev.pedidos.tools.stack.processes.LocalFleet;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.LastDatabase;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs real or sample pedidos from POST to their final state, in stores made for this run, and proves the promises. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Send pedidos through a private system and prove that every promise was kept.")
public final class Demo implements Callable<Integer> {
    private static final int MOST_PEDIDOS = 2_000_000;
    private static final int MOST_WORKERS = 64;

    @Option(names = "--input", paramLabel = "FILE", description = "Pedidos, one POST body per line; with --estoque.")
    private @Nullable Path input;

    @Option(names = "--estoque", paramLabel = "FILE", description = "Stock, one {\"sku\",\"disponivel\"} per line.")
    private @Nullable Path estoque;

    @Option(
            names = "--pedidos",
            paramLabel = "N",
            description = "The number of pedidos (default: 10,000, or the whole file).")
    private @Nullable Integer pedidos;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another number gives other sample pedidos (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "Workers (${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--chaos",
            description = "Meanwhile kill workers and cut the connections to the broker, every few seconds.")
    private boolean chaos;

    @Option(names = "--keep", description = "Keep the database and the vhost; `verify` finds them.")
    private boolean keep;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var context = CommandContext.of(spec);
        var load = load();
        LocalFleet.checkBuilt(context.home());
        Numbers.checked(spec, "--workers", workers, 1, MOST_WORKERS);
        var pidFile =
                PidFile.of(context.home(), "demo-" + ProcessHandle.current().pid());
        var size = new FleetSize(1, workers, prefix(context.home(), pidFile));
        context.say("starting a broker, a database, an API and workers for this demo: about ten seconds");
        try {
            Stores servers = servers(context);
            try {
                return inFreshStores(context, load, size, servers);
            } finally {
                UninterruptedStop.run(servers::close);
            }
        } finally {
            pidFile.delete();
        }
    }

    private Stores servers(CommandContext context) throws IOException, InterruptedException {
        Path folder = context.home().dotPedidos();
        return keep ? StoresFinder.open(folder, context::say) : StoresFinder.openForRun(folder, context::say);
    }

    /** Beside a running system its programs need names of their own. Of two that start at the same instant the lock lets one be first. */
    private static String prefix(Home home, PidFile pidFile) throws IOException {
        try (var lock = HomeLock.ofCommands(home)) {
            boolean alone = OurProcess.all(home).isEmpty();
            pidFile.write(ProcessHandle.current().pid());
            return alone ? "" : pidFile.name() + "-";
        }
    }

    private int inFreshStores(CommandContext context, DemoLoad load, FleetSize size, Stores servers)
            throws IOException, SQLException, InterruptedException, Failed {
        Stores stores = servers.fresh("demo");
        try {
            boolean kept = run(context, load, size, stores);
            if (keep) {
                stores.keep();
                LastDatabase.remember(context.home(), stores);
                context.say("kept: look at it again with ./pedidos verify");
            } else if (!kept) {
                context.say("its database is dropped now; with --keep it would be kept for a closer look");
            }
            return kept ? 0 : 1;
        } finally {
            UninterruptedStop.run(() -> {
                if (!keep) {
                    PrefixCleanup.run(context, stores);
                }
                stores.close();
            });
        }
    }

    private boolean run(CommandContext context, DemoLoad load, FleetSize size, Stores stores)
            throws IOException, SQLException, InterruptedException, Failed {
        if (!chaos) {
            return new DemoRun(context, load, stores, new DemoFaults.None()).run(size);
        }
        var network = CutNetwork.before(stores.amqpUri());
        try {
            if (network.isEmpty()) {
                context.say("chaos: the connections to an amqps broker cannot be cut; only workers are killed");
            }
            return new DemoRun(context, load, stores, DemoFaults.chaos(network)).run(size);
        } finally {
            network.ifPresent(CutNetwork::close);
        }
    }

    private DemoLoad load() {
        int most = pedidos == null ? 0 : Numbers.checked(spec, "--pedidos", pedidos, 1, MOST_PEDIDOS);
        if (input == null && estoque == null) {
            return new DemoLoad.Sample(seed, most == 0 ? 10_000 : most);
        }
        return new DemoLoad.Real(readable("--input", input), readable("--estoque", estoque), most);
    }

    private Path readable(String option, @Nullable Path file) {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), option + " is missing: --input and --estoque go together");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), option + " cannot be read: " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be a file and no pipe, since it is read twice: " + file);
        }
        return file;
    }
}
