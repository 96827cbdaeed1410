package dev.pedidos.shared.message;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads events of operations: from a body of {@code POST /operations}, and from the pedido that carries one. Both ways
 * check every rule and report all faults together.
 */
public final class OperationReader {
    static final String VALOR = "valor_centavos";
    static final String DELTA = "delta_centavos";
    static final String MOTIVO = "motivo";
    private static final String REFERENCIA = "referencia";
    private static final String EXTRA = "extra";
    private static final String PAYLOAD = "payload";
    private static final Set<String> BODY_FIELDS =
            Set.of("external_id", "event_type", PAYLOAD, OperationEvent.OCCURRED_AT, "recebedor_id");
    static final Set<String> DADOS_FIELDS =
            Set.of("external_id", "event_type", PAYLOAD, OperationEvent.OCCURRED_AT, "payload_hash");
    /** The payload fields of all types together. */
    static final Set<String> PAYLOAD_FIELDS = Set.of(VALOR, DELTA, REFERENCIA, MOTIVO, EXTRA);

    private static final Set<String> TYPES =
            Arrays.stream(OperationEventType.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private final FieldErrors faults = new FieldErrors();
    private final long mostGrownChars;

    private OperationReader(long mostGrownChars) {
        this.mostGrownChars = mostGrownChars;
    }

    /**
     * Reads a body of {@code POST /operations}.
     *
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults
     */
    public static OperationEvent read(byte[] body) {
        return new OperationReader(Limits.GROWN_CHARS).event(StrictJson.read(body));
    }

    /**
     * Reads the event that a pedido carries. Anybody may publish a message of this tipo, so nothing in it is taken for
     * granted.
     *
     * @throws InvalidFields it is not what {@link OperationEvent#pedido} makes
     */
    public static OperationEvent of(Pedido pedido) {
        return new OperationReader(Long.MAX_VALUE).event(pedido);
    }

    private OperationEvent event(JsonNode body) {
        Fields fields = Fields.of("", body, BODY_FIELDS, faults);
        OperationEvent event = null;
        if (fields != null) {
            String recebedorId = fields.has("recebedor_id") ? fields.id("recebedor_id") : null;
            event = event(fields, "", recebedorId);
        }
        faults.throwIfAny();
        return given(event);
    }

    private OperationEvent event(Pedido pedido) {
        ObjectNode dados = pedido.dados();
        OperationEvent event = null;
        if (dados == null) {
            faults.add("dados", "is required");
        } else {
            Fields fields = Fields.of("dados", dados, DADOS_FIELDS, faults);
            event = fields == null ? null : event(fields, "dados.", pedido.recebedorId());
            if (fields != null && event != null) {
                requireDerived(pedido, event, fields);
            }
        }
        faults.throwIfAny();
        return given(event);
    }

    private void requireDerived(Pedido pedido, OperationEvent event, Fields dados) {
        dados.text("payload_hash", event.payloadHash()::equals, "must be the hash of the payload");
        if (!pedido.pedidoId().equals(event.pedidoId())) {
            faults.add("pedido_id", "must be the one that POST /operations makes from this event");
        }
        if (!pedido.origem().equals(OperationEvent.ORIGEM)) {
            faults.add("origem", "must be " + OperationEvent.ORIGEM);
        }
        if (!pedido.itens().isEmpty()) {
            faults.add("itens", "unknown field");
        }
    }

    /** Null, with the faults recorded, if a required part is faulty. */
    private @Nullable OperationEvent event(Fields fields, String prefix, @Nullable String recebedorId) {
        String externalId = fields.id("external_id");
        String name = fields.oneOf("event_type", TYPES);
        OperationEventType type = name == null ? null : OperationEventType.valueOf(name);
        ObjectNode payload = payload(fields, prefix + PAYLOAD, type);
        Instant occurredAt = fields.has(OperationEvent.OCCURRED_AT) ? moment(fields) : null;
        if (externalId == null || type == null || payload == null) {
            return null;
        }
        String hash = HexFormat.of().formatHex(PayloadHash.ofPayload(payload));
        return new OperationEvent(
                externalId, type, payload, hash, occurredAt, recebedorId == null ? externalId : recebedorId);
    }

    /** Null, with the faults recorded, if anything in it is faulty: a number that is too large cannot be hashed. */
    private @Nullable ObjectNode payload(Fields fields, String path, @Nullable OperationEventType type) {
        JsonNode value = fields.required(PAYLOAD);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode payload)) {
            fields.fault(PAYLOAD, "must be an object");
            return null;
        }
        int before = faults.count();
        if (type != null) {
            members(path, payload, type);
        }
        return faults.count() == before ? payload : null;
    }

    private void members(String path, ObjectNode payload, OperationEventType type) {
        Set<String> known = switch (type) {
            case CREATED -> Set.of(VALOR, EXTRA);
            case ADJUSTED -> Set.of(DELTA, REFERENCIA, EXTRA);
            case REJECTED -> Set.of(MOTIVO, EXTRA);
            case STARTED, COMPLETED -> Set.of(EXTRA);
        };
        Fields members = Fields.of(path, payload, known, faults);
        if (members == null) {
            return;
        }
        switch (type) {
            case CREATED -> members.integer(VALOR, 0, Long.MAX_VALUE);
            case ADJUSTED -> {
                members.integer(DELTA, -Long.MAX_VALUE, Long.MAX_VALUE);
                members.text(REFERENCIA, Limits::isCause, Limits.CAUSE);
            }
            case REJECTED -> members.text(MOTIVO, Limits::isCause, Limits.CAUSE);
            case STARTED, COMPLETED -> {}
        }
        if (members.has(EXTRA)) {
            extra(members, path + "." + EXTRA);
        }
    }

    private void extra(Fields members, String path) {
        JsonNode value = members.required(EXTRA);
        if (value instanceof ObjectNode extra) {
            DadosCheck.check(path, extra, mostGrownChars, faults);
        } else if (value != null) {
            members.fault(EXTRA, "must be an object");
        }
    }

    private static @Nullable Instant moment(Fields fields) {
        String text = fields.text(
                OperationEvent.OCCURRED_AT, given -> Moments.parse(given).isPresent(), Moments.DEMAND);
        return text == null ? null : Moments.parse(text).orElse(null);
    }

    private static OperationEvent given(@Nullable OperationEvent event) {
        if (event == null) {
            throw new AssertionError("neither an event nor a fault");
        }
        return event;
    }
}
