package dev.pedidos.tools.cli.archive;

import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.FileTrouble;
import dev.pedidos.tools.cli.options.Interruptibly;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file that {@code archive export} has written.
 *
 * @param pedidos its lines
 */
record ExportedFile(Path path, long pedidos) {

    private static final int AT_ONCE = 1 << 16;

    /** @throws Failed the file is not whole, or cannot be read */
    static ExportedFile read(Path path) throws InterruptedException, Failed {
        try {
            return new ExportedFile(path, Interruptibly.run(() -> count(path)));
        } catch (EOFException e) {
            throw new Failed(path + " ends too early: it is not a whole export. Nothing was dropped");
        } catch (IOException e) {
            throw new Failed("the file of --exported cannot be read: " + FileTrouble.text(e) + ". Nothing was dropped");
        }
    }

    private static long count(Path path) throws IOException {
        try (var file = Files.newInputStream(path);
                var lines = new GZIPInputStream(file, AT_ONCE)) {
            return count(lines);
        }
    }

    private static long count(InputStream lines) throws IOException {
        byte[] part = new byte[AT_ONCE];
        long count = 0;
        byte last = '\n';
        for (int read = lines.read(part); read >= 0; read = lines.read(part)) {
            for (int i = 0; i < read; i++) {
                if (part[i] == '\n') {
                    count++;
                }
            }
            last = read > 0 ? part[read - 1] : last;
        }
        if (last != '\n') {
            throw new EOFException();
        }
        return count;
    }
}
