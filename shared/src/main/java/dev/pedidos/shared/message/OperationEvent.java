package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A valid event of an operation. It travels as a pedido of tipo {@value #TIPO}, whose id is made from external_id,
 * event_type and payload_hash: the same event sent again is the same pedido.
 *
 * @param payload read-only: the hash was taken from it
 * @param payloadHash of the payload alone, in hexadecimal
 * @param occurredAt as the sender says; null if it does not
 */
public record OperationEvent(
        String externalId,
        OperationEventType type,
        ObjectNode payload,
        String payloadHash,
        @Nullable Instant occurredAt,
        String recebedorId) {
    public static final String TIPO = "operacao";
    /** The origem of these pedidos: the contract gives an event none. */
    static final String ORIGEM = "api";

    static final String OCCURRED_AT = "occurred_at";
    /** Part of every id. If it changed, an event sent again would be a second one. */
    private static final String ID_PREFIX = TIPO + ":";

    private static final int ID_BYTES = 20;

    public String pedidoId() {
        MessageDigest digest = Sha256.digest();
        for (String part : List.of(externalId, type.name(), payloadHash)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return ID_PREFIX + HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    /** The pedido as which it is accepted, distributed and processed; {@link OperationReader#of} reads it back. */
    public Pedido pedido() {
        ObjectNode dados = JsonNodeFactory.instance.objectNode();
        dados.put("external_id", externalId);
        dados.put("event_type", type.name());
        dados.set("payload", payload);
        dados.put("payload_hash", payloadHash);
        if (occurredAt != null) {
            dados.put(OCCURRED_AT, occurredAt.toString());
        }
        return new Pedido(pedidoId(), TIPO, recebedorId, ORIGEM, List.of(), dados);
    }

    /** By how much it changes the amount of its operation, in centavos. */
    public long centavos() {
        return switch (type) {
            case CREATED -> payload.path(OperationReader.VALOR).longValue();
            case ADJUSTED -> payload.path(OperationReader.DELTA).longValue();
            case STARTED, COMPLETED, REJECTED -> 0;
        };
    }

    /** Why it rejects its operation; null if it does not. */
    public @Nullable String motivo() {
        return type == OperationEventType.REJECTED
                ? payload.path(OperationReader.MOTIVO).stringValue()
                : null;
    }
}
