package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;

/** Derives the pedido_id from an Idempotency-Key: the same id on every instance, for all time. */
public final class KeyedId {
    /** Part of every derived id. If it changed, a key sent again would make a second pedido. */
    private static final String NAMESPACE = "pedidos/idempotency-key/1\n";

    private static final int ID_BYTES = 20;

    private KeyedId() {}

    public static String of(String key) {
        return "ik-" + Sha256.hex((NAMESPACE + key).getBytes(StandardCharsets.UTF_8), ID_BYTES);
    }
}
