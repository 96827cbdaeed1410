package dev.pedidos.api.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decodes percent-encoded text. Lenient decoders drop or replace what they cannot read; this one refuses it. */
final class PercentText {
    private static final int HEX = 16;

    private PercentText() {}

    /** Empty unless every character is ASCII, every {@code %} has two hexadecimal digits, and the bytes are UTF-8. */
    static Optional<String> decode(String raw) {
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' || c > '~') {
                return Optional.empty();
            }
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int value = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) * HEX + hex(raw.charAt(i + 2)) : -1;
            if (value < 0) {
                return Optional.empty();
            }
            bytes.write(value);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Negative if it is not a digit; low enough that two digits together stay negative. */
    private static int hex(char c) {
        return c < 128 && Character.digit(c, HEX) >= 0 ? Character.digit(c, HEX) : -HEX * HEX;
    }
}
