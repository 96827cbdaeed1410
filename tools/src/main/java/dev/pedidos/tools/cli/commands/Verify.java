package dev.pedidos.tools.cli.commands;

import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.report.Verdicts;
import dev.pedidos.tools.stack.processes.Home;
import dev.pedidos.tools.stack.processes.OurProcess;
import dev.pedidos.tools.stack.processes.RunEnv;
import dev.pedidos.tools.stack.processes.Uninterruptibly;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks the conservation laws on a ledger. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check the conservation laws on a ledger; exit code 1 if one is broken.")
final class Verify implements Callable<Integer> {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNREACHABLE = "08001";
    private static final String ON_THIS_MACHINE = "jdbc:postgresql://127.0.0.1:";

    @Option(
            names = "--url",
            paramLabel = "DATABASE_URL",
            description = "The ledger (default: the running system's, else the last one's under .pedidos).")
    private @Nullable String url;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var around = CommandContext.of(spec);
        Optional<DatabaseUrl> running = url == null ? running(around.home()) : Optional.of(parsed(url));
        List<Verdict> verdicts = running.isPresent() ? check(running.get(), true) : checkLast(around);
        around.print(Verdicts.text(verdicts));
        return verdicts.stream().allMatch(Verdict::holds) ? 0 : 1;
    }

    /** What run/env names is gone where no program lives and nobody listens on this machine: it was started anew. */
    private static Optional<DatabaseUrl> running(Home home) throws IOException {
        boolean programs = !OurProcess.all(home).isEmpty();
        return Optional.ofNullable(RunEnv.read(home).get(RunEnv.DATABASE_URL))
                .map(DatabaseUrl::parse)
                .filter(database -> programs || !isGone(database));
    }

    private static boolean isGone(DatabaseUrl database) {
        try (var connection = Ledger.connect(database)) {
            return false;
        } catch (SQLException e) {
            return UNREACHABLE.equals(e.getSQLState()) && database.jdbcUrl().startsWith(ON_THIS_MACHINE);
        }
    }

    private static List<Verdict> checkLast(CommandContext around)
            throws IOException, SQLException, InterruptedException, Failed {
        String name = LastDatabase.recall(around.home())
                .orElseThrow(() -> new Failed("there is no ledger under .pedidos yet: run ./pedidos up or"
                        + " ./pedidos demo --keep first, or give --url DATABASE_URL"));
        Stores stores = StoresFinder.open(around.home().dotPedidos(), around::say);
        try {
            around.say("nothing runs here: checking the last ledger, database " + name);
            return check(DatabaseUrl.parse(LastDatabase.at(stores.databaseUrl(), name)), false);
        } finally {
            Uninterruptibly.run(stores::close);
        }
    }

    private static List<Verdict> check(DatabaseUrl database, boolean running) throws SQLException, Failed {
        try (var snapshot = Ledger.snapshot(database)) {
            return running ? LedgerLaws.checkRunning(snapshot) : LedgerLaws.checkStopped(snapshot);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw new Failed(
                        database.address() + " holds no ledger (" + e.getMessage() + "): is it the right one?");
            }
            throw e;
        }
    }

    private DatabaseUrl parsed(String text) {
        try {
            return DatabaseUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--url must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE", e);
        }
    }
}
