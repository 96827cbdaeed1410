package dev.pedidos.local.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One pedido a line, read as they are sent; empty lines are passed over. */
public final class NdjsonSource implements Source, AutoCloseable {
    // ISO-8859-1 keeps every byte as it is: what is no UTF-8 is for the API to refuse, not for us to repair.
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private final BufferedReader reader;
    private final long most;
    private long line;
    private long given;

    /** @param most how many to give, at the most */
    public NdjsonSource(InputStream in, long most) {
        this.reader = new BufferedReader(new InputStreamReader(in, BYTES), 1 << 16);
        this.most = most;
    }

    public static NdjsonSource of(Path file, long most) throws IOException {
        return new NdjsonSource(Files.newInputStream(file), most);
    }

    /** How many pedidos a file holds, for a progress bar; in one pass that keeps nothing. */
    public static long count(Path file) throws IOException {
        try (var lines = Files.lines(file, BYTES)) {
            return lines.filter(line -> !line.isBlank()).count();
        }
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        while (given < most) {
            String text = reader.readLine();
            if (text == null) {
                return null;
            }
            line++;
            if (!text.isBlank()) {
                given++;
                return new Outgoing(line, text.getBytes(BYTES));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
