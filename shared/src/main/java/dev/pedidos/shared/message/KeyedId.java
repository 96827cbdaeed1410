package dev.pedidos.shared.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Derives the pedido_id from an Idempotency-Key: the same id on every instance, for all time. */
public final class KeyedId {
    /** Part of every derived id. If it changed, a key sent again would make a second pedido. */
    private static final String NAMESPACE = "pedidos/idempotency-key/1\n";

    private static final int ID_BYTES = 20;

    private KeyedId() {}

    public static String of(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((NAMESPACE + key).getBytes(StandardCharsets.UTF_8));
            return "ik-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
