package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;

/** Derives the pedido_id from what a sender names a pedido by: the same id on every instance, for all time. */
public final class KeyedId {
    // Part of every derived id. If one changed, what is sent again would make a second pedido.
    private static final String IDEMPOTENCY_KEY = "pedidos/idempotency-key/1\n";
    private static final String MESSAGE_ID = "pedidos/message-id/1\n";

    private static final int ID_BYTES = 20;

    private KeyedId() {}

    public static String of(String idempotencyKey) {
        return "ik-" + hash(IDEMPOTENCY_KEY + idempotencyKey);
    }

    public static String ofMessage(String messageId) {
        return "mi-" + hash(MESSAGE_ID + messageId);
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8), ID_BYTES);
    }
}
