package dev.pedidos.shared.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Refuses bytes that are not plain UTF-8 before the parser sees them. The parser would skip a BOM, guess UTF-16 or
 * UTF-32 from zero bytes, and accept overlong forms and encoded surrogates.
 */
final class Utf8 {
    private static final int WINDOW = 4096;

    private Utf8() {}

    static void check(byte[] body) {
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw new MalformedJson("byte 0: a byte order mark");
        }
        boolean ascii = true;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                throw new MalformedJson("byte " + i + ": a zero byte");
            }
            ascii &= body[i] > 0;
        }
        if (!ascii) {
            decode(body);
        }
    }

    private static void decode(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(Math.min(body.length, WINDOW));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw new MalformedJson("byte " + in.position() + ": not UTF-8");
        }
    }
}
