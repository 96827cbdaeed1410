package dev.pedidos.api.status;

import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The bytes of a page. As text it would be twice as large, and it would be copied several times. */
final class PageBytes {
    private PageBytes() {}

    /** @param answers as PostgreSQL writes them; this method changes them */
    static ByteBuffer of(List<byte[]> answers, Optional<Position> next) {
        byte[] head = utf8("{\"pedidos\":[");
        byte[] tail = utf8("],\"next_cursor\":"
                + next.map(position -> "\"" + ListQuery.CURSOR.text(position) + "\"")
                        .orElse("null") + "}");
        int[] sizes = answers.stream().mapToInt(JsonText::compact).toArray();
        int size = head.length + tail.length + Math.max(0, sizes.length - 1);
        for (int each : sizes) {
            size += each;
        }
        ByteBuffer page = ByteBuffer.allocate(size).put(head);
        for (int i = 0; i < sizes.length; i++) {
            if (i > 0) {
                page.put((byte) ',');
            }
            page.put(answers.get(i), 0, sizes[i]);
        }
        return page.put(tail).flip();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
