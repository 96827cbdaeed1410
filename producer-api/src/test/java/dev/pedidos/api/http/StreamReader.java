package dev.pedidos.api.http;

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
        var next = stream.next();
        while (next instanceof EventStream.Next.Piece(var bytes)) {
            StandardCharsets.UTF_8
                    .decode(bytes)
                    .toString()
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .forEach(line -> ids.add(Long.parseLong(line.substring(4))));
            next = stream.next();
        }
        ended |= next instanceof EventStream.Next.End;
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
