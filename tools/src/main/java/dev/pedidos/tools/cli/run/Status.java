package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.ledger.LedgerCounts;
import dev.pedidos.tools.proof.report.StateLine;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.stores.FolderServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what runs under {@code .pedidos}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what runs under .pedidos; exit code 1 if one of its programs has ended by itself.")
public final class Status implements Callable<Integer> {

    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var context = CommandContext.of(spec);
        Map<String, String> living = living(context.home());
        living(context.home().ofTorture()).forEach((name, what) -> living.put("torture/" + name, what));
        List<PidFile> ended = OurProcess.endedOfUp(context.home());
        living.forEach((name, what) -> context.print(RootLocale.format("  %-10s %s", name, what)));
        ended.forEach(file -> context.print(RootLocale.format(
                "  %-10s DOES NOT RUN: it has ended by itself%s", file.name(), hint(context.home(), file))));
        if (living.isEmpty()) {
            context.print("nothing runs here; start it with ./pedidos up");
            return ended.isEmpty() ? 0 : 1;
        }
        Map<String, String> variables = RunEnv.read(context.home());
        String database = variables.get(RunEnv.DATABASE_URL);
        String broker = variables.get(RunEnv.AMQP_URI);
        if (database != null && broker != null) {
            context.print(RootLocale.format("  %-10s %s", "API", variables.get(RunEnv.API_URL)));
            context.print(
                    Addresses.stores(database, broker, Optional.ofNullable(variables.get(RunEnv.MANAGEMENT_URL))));
            context.print(state(database));
        }
        return ended.isEmpty() ? 0 : 1;
    }

    /** A command that a terminal shows, such as {@code up}, has no log. */
    private static String hint(Home home, PidFile file) {
        Path log = home.log(file.name());
        return Files.exists(log) ? "; see " + log : "";
    }

    /** Pids or containers of commands, programs and servers, by name. */
    private static Map<String, String> living(Home home) throws IOException, InterruptedException {
        Map<String, String> living = new LinkedHashMap<>();
        for (OurProcess process : OurProcess.all(home)) {
            living.put(process.name(), "pid " + process.handle().pid());
        }
        FolderServers.living(home.dotPedidos()).forEach((server, pid) -> living.put(server, "pid " + pid));
        FolderServers.containers(home.dotPedidos())
                .forEach((server, container) -> living.put(server, "container " + container));
        return living;
    }

    private static String state(String database) throws InterruptedException {
        try (var connection = Ledger.connect(DatabaseUrl.parse(database), ANSWER_WITHIN)) {
            return "  " + StateLine.text(CancellableSql.on(connection, () -> LedgerCounts.read(connection)));
        } catch (SQLException e) {
            return "  the database does not answer: " + e.getMessage();
        }
    }
}
