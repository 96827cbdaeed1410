package dev.pedidos.local.commands;

import dev.pedidos.local.processes.OurProcess;
import dev.pedidos.local.processes.RunEnv;
import dev.pedidos.local.report.StateLine;
import dev.pedidos.local.verify.Ledger;
import dev.pedidos.local.verify.LedgerCounts;
import dev.pedidos.shared.runtime.DatabaseUrl;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What runs under {@code .pedidos}. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Say what runs under .pedidos.")
final class Status implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var around = Surroundings.of(spec);
        List<OurProcess> processes = OurProcess.all(around.home());
        if (processes.isEmpty()) {
            around.print("nothing runs here; start it with ./pedidos up");
            return 0;
        }
        for (OurProcess process : processes) {
            around.print(
                    "  %-16s pid %d".formatted(process.name(), process.handle().pid()));
        }
        Map<String, String> variables = RunEnv.read(around.home());
        String database = variables.get(RunEnv.DATABASE_URL);
        if (database != null) {
            around.print("  %-16s %s".formatted("API", variables.get(RunEnv.API_URL)));
            around.print(state(database));
        }
        return 0;
    }

    private static String state(String database) {
        try (var connection = Ledger.connect(DatabaseUrl.parse(database))) {
            return "  " + StateLine.text(LedgerCounts.read(connection));
        } catch (SQLException e) {
            return "  the database does not answer: " + e.getMessage();
        }
    }
}
