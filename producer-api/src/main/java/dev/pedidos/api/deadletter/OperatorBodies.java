package dev.pedidos.api.deadletter;

import dev.pedidos.shared.ledger.deadletter.DeadLetterFilter;
import dev.pedidos.shared.ledger.deadletter.DeadLetters.Release;
import dev.pedidos.shared.message.FieldErrors;
import dev.pedidos.shared.message.Fields;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.Moments;
import dev.pedidos.shared.message.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads the bodies of operators' calls. Throws {@link MalformedJson} and {@link InvalidFields}, as for pedidos. */
final class OperatorBodies {

    /** A selection of dead letters, and the largest number per second. */
    record Redrive(DeadLetterFilter filter, int porSegundo) {}

    private static final int POR_SEGUNDO = 100;
    private static final Set<String> RELEASES =
            Stream.of(Release.values()).map(Release::text).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> FILTERS =
            Set.of("motivo", "erro_classe", "tipo", "recebedor_id", "desde", "ate", "pedido_ids");
    private static final Set<String> REDRIVE_FIELDS =
            Stream.concat(FILTERS.stream(), Stream.of("todos", "por_segundo")).collect(Collectors.toUnmodifiableSet());

    private OperatorBodies() {}

    /** {@code {"motivo"}}: why a dead letter is discarded. */
    static String readDiscard(byte[] body) {
        FieldErrors faults = new FieldErrors();
        Fields fields = Fields.of("", StrictJson.read(body), Set.of("motivo"), faults);
        String motivo = fields == null ? null : fields.text("motivo", Limits::isCause, Limits.CAUSE);
        faults.throwIfAny();
        return given(motivo);
    }

    /** {@code {"action"}}: how a held receiver goes on. */
    static Release readRelease(byte[] body) {
        FieldErrors faults = new FieldErrors();
        Fields fields = Fields.of("", StrictJson.read(body), Set.of("action"), faults);
        String action = fields == null ? null : fields.oneOf("action", RELEASES);
        faults.throwIfAny();
        return Release.of(given(action)).orElseThrow();
    }

    /** A selection: filters, or {@code "todos":true}. A filter that was lost on its way must not select all. */
    static Redrive readRedrive(byte[] body) {
        FieldErrors faults = new FieldErrors();
        Fields fields = Fields.of("", StrictJson.read(body), REDRIVE_FIELDS, faults);
        Redrive redrive = fields == null ? null : redrive(fields, faults);
        faults.throwIfAny();
        return given(redrive);
    }

    private static Redrive redrive(Fields fields, FieldErrors faults) {
        var filter = new DeadLetterFilter(
                optional(fields, "motivo", Limits::isCause, Limits.CAUSE),
                optional(fields, "erro_classe", Limits::isCause, Limits.CAUSE),
                optional(fields, "tipo", Limits::isId, Limits.ID),
                optional(fields, "recebedor_id", Limits::isId, Limits.ID),
                moment(fields, "desde"),
                moment(fields, "ate"),
                fields.has("pedido_ids") ? Optional.of(ids(fields, faults)) : Optional.empty());
        int porSegundo = fields.has("por_segundo")
                ? (int) fields.integer("por_segundo", 1, Limits.POR_SEGUNDO_MAX)
                : POR_SEGUNDO;
        boolean todos = fields.has("todos") && fields.flag("todos");
        boolean filtered = FILTERS.stream().anyMatch(fields::has);
        if (todos && filtered) {
            fields.fault("todos", "must not be true together with a filter");
        } else if (!todos && !filtered && !faults.has("todos")) {
            fields.fault("todos", "must be true to select all, unless a filter such as motivo or pedido_ids is given");
        }
        return new Redrive(filter, porSegundo);
    }

    private static Optional<String> optional(Fields fields, String name, Predicate<String> valid, String demand) {
        return fields.has(name) ? Optional.ofNullable(fields.text(name, valid, demand)) : Optional.empty();
    }

    private static Optional<Instant> moment(Fields fields, String name) {
        return optional(fields, name, text -> Moments.parse(text).isPresent(), Moments.DEMAND)
                .flatMap(Moments::parse);
    }

    private static List<String> ids(Fields fields, FieldErrors faults) {
        JsonNode value = fields.required("pedido_ids");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array) || array.isEmpty() || array.size() > Limits.PEDIDO_IDS) {
            fields.fault("pedido_ids", "must be a list of 1 to " + Limits.PEDIDO_IDS + " ids");
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode entry : array) {
            String path = "pedido_ids[" + index++ + "]";
            if (!entry.isString() || !Limits.isId(entry.stringValue())) {
                faults.add(path, Limits.ID);
            } else {
                ids.add(entry.stringValue());
            }
        }
        return new ArrayList<>(ids);
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("neither a value nor a fault");
        }
        return value;
    }
}
