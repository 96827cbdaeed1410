package dev.pedidos.shared.broker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;

/** The short strings of AMQP 0-9-1, such as message ids and names of headers: their length has one byte. */
final class ShortString {

    private static final int MOST_BYTES = 255;

    /** Of UTF-8. */
    private static final int MOST_BYTES_PER_CHAR = 3;

    private ShortString() {}

    static boolean fits(String text) {
        return text.length() <= MOST_BYTES / MOST_BYTES_PER_CHAR || text.getBytes(UTF_8).length <= MOST_BYTES;
    }

    /** As much of the text as fits, in whole characters. */
    static String cut(String text) {
        if (fits(text)) {
            return text;
        }
        var rest = CharBuffer.wrap(text);
        UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(rest, ByteBuffer.allocate(MOST_BYTES), true);
        return text.substring(0, rest.position());
    }
}
