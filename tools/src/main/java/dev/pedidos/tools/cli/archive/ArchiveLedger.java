package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.runtime.Settings;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** The ledger whose archive a command is about: the one that is named, that of the environment, or the running one. */
final class ArchiveLedger {

    private ArchiveLedger() {}

    static ArchiveMonths open(CommandContext context, LedgerOption ledger) throws IOException, SQLException, Failed {
        Optional<DatabaseUrl> url = ledger.given()
                .or(() -> context.env()
                        .text(Settings.DATABASE_ADMIN_URL)
                        .or(() -> context.env().text(Settings.DATABASE_URL))
                        .map(DatabaseUrl::parse));
        if (url.isPresent()) {
            return new ArchiveMonths(url.get());
        }
        String running = RunEnv.read(context.home()).get(RunEnv.DATABASE_URL);
        if (running == null) {
            throw new Failed("the address of the ledger is missing: give --url DATABASE_URL, with the role that owns"
                    + " the tables");
        }
        return new ArchiveMonths(DatabaseUrl.parse(running));
    }
}
