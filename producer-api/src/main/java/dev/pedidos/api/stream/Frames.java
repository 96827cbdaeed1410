package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.message.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An event in the format of server-sent events. JSON of the database has no line breaks. */
final class Frames {
    private static final byte[] END = {'\n', '\n'};

    private Frames() {}

    static byte[] of(Event event) {
        byte[] head = ("id: " + event.id() + "\nevent: " + event.type() + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] data = event.data().clone();
        int size = JsonText.compact(data);
        byte[] frame = Arrays.copyOf(head, head.length + size + END.length);
        System.arraycopy(data, 0, frame, head.length, size);
        System.arraycopy(END, 0, frame, head.length + size, END.length);
        return frame;
    }
}
