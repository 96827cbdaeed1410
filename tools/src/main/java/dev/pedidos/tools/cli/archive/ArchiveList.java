package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the months of the archive. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the months of the archive: about how many pedidos each has, and its size.")
final class ArchiveList implements Callable<Integer> {

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var context = ledger.context();
        try (var archive = new ArchiveMonths(ledger.owner(context))) {
            var months = archive.list();
            var table = new Table("month", "pedidos", "size");
            months.forEach(month -> table.add(month.mes(), RootLocale.format("%,d", month.pedidos()), month.size()));
            context.print(months.isEmpty() ? "nothing is archived" : table.toString());
        }
        return 0;
    }
}
