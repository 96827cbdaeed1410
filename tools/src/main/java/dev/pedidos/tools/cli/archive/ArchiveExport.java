package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.stack.home.PrivateFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a month of the archive to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write a month of the archive to a gzipped file: a line of JSON for each pedido, with its events, and one with the"
                        + " totals.")
final class ArchiveExport implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MONTH", description = "Such as 2026-01.")
    @SuppressWarnings("NullAway.Init")
    private YearMonth month;

    @Parameters(index = "1", paramLabel = "FILE", description = "It must not exist.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var context = ledger.context();
        try (var archive = new ArchiveMonths(ledger.owner(context))) {
            archive.require(month);
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            long pedidos = export(archive);
            context.print(RootLocale.format("%,d pedidos of %s were written to %s", pedidos, month, file));
        }
        return 0;
    }

    /** A file that is not whole never has the name: before a month is dropped, somebody relies on it. */
    private long export(ArchiveMonths archive) throws IOException, SQLException, InterruptedException {
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part", PrivateFile.OWNERS_ONLY);
        try {
            long pedidos;
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE);
                    var out = new OutputStreamWriter(
                            new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16), StandardCharsets.UTF_8)) {
                pedidos = archive.export(month, out);
            }
            try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file);
            return pedidos;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
