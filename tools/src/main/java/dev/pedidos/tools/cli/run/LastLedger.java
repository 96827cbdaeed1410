package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.cli.operate.StoppedLedger;
import dev.pedidos.tools.cli.operate.Verify;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.LastDatabase;
import dev.pedidos.tools.stack.stores.LastServer;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** The database that this checkout used last. Its server is started for the check, and stopped afterwards. */
public final class LastLedger implements StoppedLedger {

    @Override
    public Judgement judge(CommandContext context, Optional<Since> since)
            throws IOException, SQLException, InterruptedException, Failed {
        LastDatabase last = LastDatabase.recall(context.home().dotPedidos())
                .orElseThrow(() -> new Failed("there is no ledger under .pedidos yet: run ./pedidos up or"
                        + " ./pedidos demo --keep first, or give --url DATABASE_URL"));
        LastServer server = StoresFinder.openLast(context.home().dotPedidos(), last, context::say);
        try {
            context.say("nothing runs here: checking the last ledger, database " + last.name());
            return Verify.judge(DatabaseUrl.parse(server.databaseUrl()), AsOf.LAST_EVENT, since);
        } finally {
            UninterruptedStop.run(server::close);
        }
    }
}
