package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for a message, and what was written to one since a moment. */
public final class LogTail {
    private static final int LINES = 15;
    private static final int BYTES = 16 * 1024;

    private LogTail() {}

    /** The size of the log; 0 if there is none. */
    public static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** The log from a former {@link #size} on. */
    public static String since(Path log, long size) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int start = (int) Math.min(size, bytes.length);
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    public static String of(Path log) {
        try (var channel = FileChannel.open(log)) {
            var bytes = ByteBuffer.allocate(BYTES);
            channel.position(Math.max(0, channel.size() - BYTES));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
