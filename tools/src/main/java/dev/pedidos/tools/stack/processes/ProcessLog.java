package dev.pedidos.tools.stack.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The log that a process has written.
 *
 * @param begin the bytes of its earlier processes
 */
record ProcessLog(Path path, long begin) {
    private static final Pattern CANNOT_LISTEN = Pattern.compile("cannot listen on ");

    /** The next process appends to the log. */
    static ProcessLog after(Path path) throws IOException {
        return new ProcessLog(path, Files.exists(path) ? Files.size(path) : 0);
    }

    boolean saysThatItListensOn(int port) throws IOException {
        return contains(Pattern.compile("(health_port=|address=[^ \"]*:)" + port + "(?![0-9])"));
    }

    boolean saysThatItCannotListen() throws IOException {
        return contains(CANNOT_LISTEN);
    }

    private boolean contains(Pattern pattern) throws IOException {
        try (var channel = FileChannel.open(path)) {
            channel.position(begin);
            var lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
            return lines.lines().anyMatch(line -> pattern.matcher(line).find());
        }
    }
}
