package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The client of a stream, without a network: it reads when the test says so. */
public final class StreamReader {
    private final EventStream stream;
    private final List<Long> ids = new ArrayList<>();
    private boolean ended;

    public StreamReader(int mostBytes) {
        stream = new EventStream(mostBytes, Runnable::run, () -> {});
    }

    public EventStream stream() {
        return stream;
    }

    public void read() {
        for (ByteBuffer piece = stream.next(); piece != null; piece = stream.next()) {
            String text = StandardCharsets.UTF_8.decode(piece).toString();
            ended |= text.isEmpty();
            text.lines()
                    .filter(line -> line.startsWith("id: "))
                    .forEach(line -> ids.add(Long.parseLong(line.substring(4))));
            if (ended) {
                return;
            }
        }
    }

    public void leave() {
        stream.close();
    }

    public List<Long> ids() {
        return ids;
    }

    public boolean hasEnded() {
        return ended;
    }
}
