package dev.pedidos.api.intake;

import dev.pedidos.shared.message.KeyedId;
import java.util.Optional;

/**
 * The header {@code Idempotency-Key}: a string in quotes (draft-ietf-httpapi-idempotency-key-header) or, as most clients send
 * it, without quotes. Both are the same key.
 */
record IdempotencyKey(String text) {
    private static final int LONGEST = 255;

    /** Empty if it is not a valid key. */
    static Optional<IdempotencyKey> parse(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String text = quoted ? unescaped(header.substring(1, header.length() - 1)) : header;
        boolean valid = !text.isEmpty()
                && text.length() <= LONGEST
                && (quoted || !text.startsWith("\""))
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return valid ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }

    String pedidoId() {
        return KeyedId.of(text);
    }

    private static String unescaped(String inner) {
        return inner.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
