package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.message.Limits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one pedido per line, while they are sent, without changing a byte; skips empty lines. */
public final class NdjsonSource implements Source, AutoCloseable {
    /** The API accepts a quarter of this. A file without line ends must not fill the memory. */
    private static final int LONGEST_LINE = 4 * Limits.BODY_BYTES;

    private final InputStream in;
    private final long most;
    private long line;
    private long given;
    private boolean inLongLine;

    /** @param most the largest number of pedidos */
    public NdjsonSource(InputStream in, long most) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.most = most;
    }

    public static NdjsonSource of(Path file, long most) throws IOException {
        return new NdjsonSource(Files.newInputStream(file), most);
    }

    /**
     * The number of pedidos in a file, for a progress bar. Reads the whole input, so a pipe would be empty afterwards.
     */
    public static long count(Path file) throws IOException {
        try (var source = of(file, Long.MAX_VALUE)) {
            long count = 0;
            var lines = new ReadableLines(source, line -> {});
            while (lines.next() != null) {
                count++;
            }
            return count;
        }
    }

    /** @throws LineTooLong the next call goes on after that line */
    @Override
    public @Nullable Outgoing next() throws IOException {
        while (given < most) {
            byte[] text = readLine();
            if (text == null) {
                return null;
            }
            if (!isBlank(text)) {
                given++;
                return new Outgoing(line, text);
            }
        }
        return null;
    }

    private byte @Nullable [] readLine() throws IOException {
        skipLongLine();
        var text = new ByteArrayOutputStream(512);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        line++;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (text.size() == LONGEST_LINE) {
                inLongLine = true;
                throw new LineTooLong(line, LONGEST_LINE);
            }
            text.write(next);
        }
        byte[] bytes = line == 1 ? withoutMark(text.toByteArray()) : text.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private void skipLongLine() throws IOException {
        if (inLongLine) {
            int next = in.read();
            while (next >= 0 && next != '\n') {
                next = in.read();
            }
            inLongLine = false;
        }
    }

    /** Programs of Windows begin a UTF-8 file with a byte order mark, which is not part of a pedido. */
    private static byte[] withoutMark(byte[] bytes) {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
