package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.AbandonableIo;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.FileTrouble;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file that {@code archive export} has written.
 *
 * @param totals its last line
 */
record ExportedFile(Path path, MonthTotals totals) {

    private static final int AT_ONCE = 1 << 16;
    /** The last line is shorter. Those of pedidos may have megabytes. */
    private static final int KEPT_OF_A_LINE = 200;

    /** @param lines those before the last one */
    private record Lines(long lines, String last) {}

    /** @throws Failed the file is not whole, or cannot be read, or an older version has written it */
    static ExportedFile read(Path path) throws InterruptedException, Failed {
        Lines lines = lines(path);
        var totals = MonthTotals.of(lines.last())
                .orElseThrow(() ->
                        new Failed(path + " does not end with the number of its events: an older version has written"
                                + " it. Nothing was dropped. Export the month again"));
        if (totals.pedidos() != lines.lines()) {
            throw new Failed(RootLocale.format(
                    "%s has the lines of %,d pedidos, and its last line says %,d. Nothing was dropped. Export the month again",
                    path, lines.lines(), totals.pedidos()));
        }
        return new ExportedFile(path, totals);
    }

    private static Lines lines(Path path) throws InterruptedException, Failed {
        try {
            return AbandonableIo.run(() -> readLines(path));
        } catch (EOFException e) {
            throw new Failed(path + " ends too early: it is not a whole export. Nothing was dropped");
        } catch (IOException e) {
            throw new Failed("the file of --exported cannot be read: " + FileTrouble.text(e) + ". Nothing was dropped");
        }
    }

    private static Lines readLines(Path path) throws IOException {
        try (var file = Files.newInputStream(path);
                var lines = new GZIPInputStream(file, AT_ONCE)) {
            return readLines(lines);
        }
    }

    private static Lines readLines(InputStream in) throws IOException {
        byte[] part = new byte[AT_ONCE];
        long ended = 0;
        String last = "";
        var line = new ByteArrayOutputStream();
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            for (int i = 0; i < read; i++) {
                if (part[i] == '\n') {
                    ended++;
                    last = line.toString(StandardCharsets.UTF_8);
                    line.reset();
                } else if (line.size() < KEPT_OF_A_LINE) {
                    line.write(part[i]);
                }
            }
        }
        if (line.size() > 0) {
            throw new EOFException();
        }
        return new Lines(Math.max(0, ended - 1), last);
    }
}
