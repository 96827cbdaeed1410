package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops a month of the archive. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description =
                "Drop a month of the archive, as the role that owns the tables, while the fleet runs. Its pedidos stay known:"
                        + " none of them is done a second time.")
final class ArchiveDrop implements Callable<Integer> {

    @Parameters(paramLabel = "MONTH", description = "Such as 2026-01.")
    @SuppressWarnings("NullAway.Init")
    private YearMonth month;

    @Option(
            names = "--exported",
            paramLabel = "FILE",
            description = "Drop the month only if this file of `archive export` has all of its pedidos and events.")
    private @Nullable Path exported;

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Mixin
    private Consent consent = new Consent();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var context = ledger.context();
        var file = exported == null ? null : ExportedFile.read(exported);
        try (var archive = new ArchiveMonths(ledger.owner(context))) {
            var found = archive.require(month);
            boolean agreed = consent.given(
                    context,
                    RootLocale.format(
                            "%s has about %,d pedidos (%s). Their content and events are gone then, unless ./pedidos archive"
                                    + " export %s FILE has written them. Drop it?",
                            month, found.pedidos(), found.size(), month));
            if (!agreed) {
                return 1;
            }
            archive.drop(month, Optional.ofNullable(file), context::say);
            context.print(RootLocale.format("%s was dropped", month));
            return 0;
        } catch (SQLException e) {
            if (LedgerFault.isMissingRight(e)) {
                throw new Failed("only the role that owns the tables may drop a month: name it with --url. " + month
                        + " is still there");
            }
            throw e;
        }
    }
}
