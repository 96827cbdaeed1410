package dev.pedidos.api.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The header {@code Idempotency-Key}, which is a string in quotes (draft-ietf-httpapi-idempotency-key-header) or, as most
 * clients send it, bare: both spell the same key.
 */
record IdempotencyKey(String text) {
    private static final int LONGEST = 255;
    /** Part of every id made from a key: change it, and a key sent again makes a second pedido. */
    private static final String NAMESPACE = "pedidos/idempotency-key/1\n";

    private static final int ID_BYTES = 20;

    /** Empty if it is no key. */
    static Optional<IdempotencyKey> parse(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String text = quoted ? unescaped(header.substring(1, header.length() - 1)) : header;
        boolean valid = !text.isEmpty()
                && text.length() <= LONGEST
                && (quoted || !text.startsWith("\""))
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return valid ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }

    /** The same on every instance, for all time. */
    String pedidoId() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((NAMESPACE + text).getBytes(StandardCharsets.UTF_8));
            return "ik-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String unescaped(String inner) {
        return inner.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
