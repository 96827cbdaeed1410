package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.cli.options.MomentConverter;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.replay.LedgerReplay;
import dev.pedidos.tools.proof.replay.ReplayReport;
import dev.pedidos.tools.proof.replay.StateAt;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rebuilds every projection from the events. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuild pedidos, reservas, estoque and operations from the events, beside the tables in use, and compare; exit code 1 if they differ. The fleet may run.",
            "The rebuilt tables stay in schema replay, until the next replay. The role must own the tables."
        })
public final class Replay implements Callable<Integer> {
    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--switch", description = "Put the rebuilt rows in place of those that differ, in one transaction.")
    private boolean putInPlace;

    @Option(
            names = "--until",
            paramLabel = "T",
            converter = MomentConverter.class,
            description = "Print the state of --id at this time, such as 2026-11-26T14:00:00Z, instead.")
    private @Nullable Instant until;

    @Option(
            names = "--id",
            paramLabel = "X",
            description =
                    "With --until: a pedido, an operation (operacao/ID if a pedido has that id, too), or estoque:SKU.")
    private @Nullable String id;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        checkOptions();
        var context = ledger.context();
        var database = ledger.owner(context);
        try {
            return until != null && id != null ? state(context, database, id, until) : replay(context, database);
        } catch (SQLException e) {
            throw explained(e, database);
        }
    }

    private void checkOptions() {
        if ((until == null) != (id == null)) {
            throw wrong("--until and --id go together: the state of X at the time T");
        }
        if (until != null && putInPlace) {
            throw wrong(
                    "--switch puts the present state in place, and --until prints an earlier one: give one of them");
        }
        if (until != null && until.isAfter(Instant.now())) {
            throw wrong("--until is in the future by the clock of this machine: the state of then is not known yet");
        }
        if (id != null && id.isBlank()) {
            throw wrong("--id must name a pedido, an operation or estoque:SKU");
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private static int state(CommandContext context, DatabaseUrl database, String id, Instant until)
            throws SQLException, InterruptedException, Failed {
        try (var snapshot = Ledger.snapshot(database)) {
            var found = CancellableSql.on(snapshot, () -> new StateAt(snapshot).of(id, until));
            context.print(found.orElseThrow(() -> new Failed("no event of " + id + " had come by " + until
                    + ", or its month was dropped from the archive: is the id of --id right?")));
            return 0;
        }
    }

    private int replay(CommandContext context, DatabaseUrl database) throws SQLException, InterruptedException, Failed {
        try (var replay = new LedgerReplay(database)) {
            if (!replay.begin()) {
                throw new Failed("somebody else replays this ledger");
            }
            var result = watched(replay);
            context.print(ReplayReport.text(result));
            if (result.equal() || !putInPlace) {
                return result.equal() ? 0 : 1;
            }
            var done = replay.putInPlace();
            context.print(ReplayReport.text(done));
            return done.left() == 0 ? 0 : 1;
        }
    }

    private static LedgerReplay.Result watched(LedgerReplay replay) throws SQLException, InterruptedException {
        try (var progress = new ReplayProgress()) {
            return replay.run(progress);
        }
    }

    /** Says what a database's refusal means; other trouble is left as it is. */
    private static SQLException explained(SQLException e, DatabaseUrl database) throws Failed {
        if (LedgerFault.isMissingColumn(e)) {
            throw new Failed(database.jdbcUrl() + " has tables of an older version (" + e.getMessage()
                    + "): start a program of this version first");
        }
        if (LedgerFault.isMissingRight(e)) {
            throw new Failed(RootLocale.format(
                    "%s (role %s): a replay needs the role that owns the tables, that of PEDIDOS_DATABASE_ADMIN_URL;"
                            + " give it with --url",
                    e.getMessage(), database.user()));
        }
        return Verify.explained(e, database);
    }
}
