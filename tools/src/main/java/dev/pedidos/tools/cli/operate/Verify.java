package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.report.Verdicts;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.OurProcess;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the conservation laws on a ledger. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Check the conservation laws on a ledger; exit code 1 if one is broken. If nothing runs here, the last"
                        + " ledger under .pedidos is checked.")
public final class Verify implements Callable<Integer> {
    private static final String ON_THIS_MACHINE = "jdbc:postgresql://127.0.0.1:";

    private final StoppedLedger stopped;

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Judge only what has changed in the last 90s, 5m, 1h or 2d, or since a moment such as"
                    + " 2026-11-26T10:00:00Z. The cost follows the change. Laws about stock need the whole ledger and are"
                    + " not judged.")
    private @Nullable Since since;

    @Mixin
    private WatchOptions watch = new WatchOptions();

    /** @param stopped is checked if no ledger is named and nothing runs */
    public Verify(StoppedLedger stopped) {
        this.stopped = stopped;
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var rhythm = watch.rhythm();
        var context = ledger.context();
        Optional<DatabaseUrl> given = ledger.given();
        Optional<DatabaseUrl> running = given.isPresent() ? given : running(context.home());
        if (rhythm.isPresent()) {
            DatabaseUrl database =
                    running.orElseThrow(() -> new Failed("nothing runs here: give --url DATABASE_URL with --every"));
            VerifyWatch.run(context, database, rhythm.get(), Optional.ofNullable(since), watch);
            return 0;
        }
        Judgement judgement = running.isPresent()
                ? judge(running.get(), AsOf.NOW, Optional.ofNullable(since))
                : stopped.judge(context, Optional.ofNullable(since));
        context.print(Verdicts.text(judgement));
        return judgement.holds() ? 0 : 1;
    }

    /**
     * @param since empty: everything is judged
     * @throws Failed the database has no ledger, or that moment has not come
     */
    public static Judgement judge(DatabaseUrl database, AsOf asOf, Optional<Since> since)
            throws SQLException, InterruptedException, Failed {
        try (var snapshot = Ledger.snapshot(database)) {
            return CancellableSql.on(snapshot, () -> LedgerLaws.judge(snapshot, asOf, since, JudgingLimit.none()));
        } catch (Since.NotYet e) {
            throw new Failed("--since " + e.getMessage());
        } catch (SQLException e) {
            throw explained(e, database);
        }
    }

    /** Says what a missing table means; other trouble is left as it is. */
    static SQLException explained(SQLException e, DatabaseUrl database) throws Failed {
        if (LedgerFault.isMissingTable(e)) {
            throw new Failed(database.jdbcUrl() + " has no ledger (" + e.getMessage() + "): is it the right one?");
        }
        return e;
    }

    /**
     * The database that run/env names. It is left out if no program lives and nothing listens at its address on this machine:
     * then the file is older than a restart of the machine.
     */
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
            return LedgerFault.isUnreachable(e) && database.jdbcUrl().startsWith(ON_THIS_MACHINE);
        }
    }
}
