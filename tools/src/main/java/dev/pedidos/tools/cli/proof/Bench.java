package dev.pedidos.tools.cli.proof;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.cli.options.AbandonableIo;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.cli.run.PrefixCleanup;
import dev.pedidos.tools.cli.run.StoreVariables;
import dev.pedidos.tools.proof.bench.BenchPlan;
import dev.pedidos.tools.proof.bench.BenchReport;
import dev.pedidos.tools.proof.bench.BenchRun;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.processes.HiddenSettings;
import dev.pedidos.tools.stack.processes.JavaCommand;
import dev.pedidos.tools.stack.processes.LocalFleet;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this machine with a system made for the run. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure rates, latencies, memory and processor time of a private system on this machine.")
public final class Bench implements Callable<Integer> {
    private static final int MOST_ROUNDS = 20;
    private static final int MOST_SECONDS = 600;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How long each rate is measured (${DEFAULT-VALUE}). With 10 a round takes about four minutes.")
    private int seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every round's figures to this file, too.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, TimeoutException, InterruptedException {
        var context = CommandContext.of(spec);
        var plan = new BenchPlan(
                Numbers.checked(spec, "--rounds", rounds, 1, MOST_ROUNDS),
                Duration.ofSeconds(Numbers.checked(spec, "--seconds", seconds, 1, MOST_SECONDS)));
        checkJson();
        LocalFleet.checkBuilt(context.home());
        var pidFile =
                PidFile.of(context.home(), "bench-" + ProcessHandle.current().pid());
        pidFile.write(ProcessHandle.current().pid());
        try {
            Stores servers = StoresFinder.openForRun(context.home().dotPedidos(), context::say);
            try {
                print(context, measure(context, plan, servers));
                return 0;
            } finally {
                UninterruptedStop.run(servers::close);
            }
        } finally {
            pidFile.delete();
        }
    }

    private static BenchReport measure(CommandContext context, BenchPlan plan, Stores servers)
            throws IOException, SQLException, TimeoutException, InterruptedException {
        var report = new BenchReport(conditions(plan, servers));
        var run = new BenchRun(context.home(), HiddenSettings.envOfARun(), plan, context::say);
        for (int round = 1; round <= plan.rounds(); round++) {
            Stores stores = servers.fresh("bench");
            try {
                run.round(round, stores, StoreVariables.forARun(stores), report);
            } finally {
                UninterruptedStop.run(() -> {
                    PrefixCleanup.run(context, stores);
                    stores.close();
                });
            }
        }
        return report;
    }

    private static Map<String, String> conditions(BenchPlan plan, Stores servers) throws SQLException {
        try (var connection = Ledger.connect(DatabaseUrl.parse(servers.databaseUrl()))) {
            return Map.of(
                    "java", Runtime.version().toString(),
                    "flags", String.join(" ", JavaCommand.JVM_FLAGS),
                    "postgresql", connection.getMetaData().getDatabaseProductVersion(),
                    "processors", Integer.toString(Runtime.getRuntime().availableProcessors()),
                    "seconds", Long.toString(plan.window().toSeconds()));
        }
    }

    /** It is written at the end, after many minutes. */
    private void checkJson() {
        if (json == null) {
            return;
        }
        Path folder = json.toAbsolutePath().getParent();
        boolean canBeWritten = Files.exists(json)
                ? !Files.isDirectory(json) && Files.isWritable(json)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!canBeWritten) {
            throw new ParameterException(spec.commandLine(), "--json cannot be written: " + json);
        }
    }

    private void print(CommandContext context, BenchReport report) throws IOException, InterruptedException {
        context.print(report.text());
        Path file = json;
        if (file != null) {
            AbandonableIo.run(() -> Files.writeString(file, report.json().toPrettyString() + "\n"));
            context.say("every round is in " + file);
        }
    }
}
