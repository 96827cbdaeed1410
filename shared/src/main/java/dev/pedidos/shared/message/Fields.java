package dev.pedidos.shared.message;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one object; each is checked when it is read. A fault goes to {@link FieldErrors}, and the value reads
 * as null (or 0). JSON null is a fault everywhere: absent fields are left out.
 */
public final class Fields {
    private final String prefix;
    private final ObjectNode node;
    private final FieldErrors faults;

    private Fields(String prefix, ObjectNode node, FieldErrors faults) {
        this.prefix = prefix;
        this.node = node;
        this.faults = faults;
    }

    /**
     * @param path of the object itself, empty for the body
     * @return null, with the fault recorded, if the value is not an object
     */
    public static @Nullable Fields of(String path, JsonNode value, Set<String> known, FieldErrors faults) {
        if (!(value instanceof ObjectNode node)) {
            faults.add(path.isEmpty() ? "$" : path, "must be an object");
            return null;
        }
        Fields fields = new Fields(path.isEmpty() ? "" : path + ".", node, faults);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!known.contains(entry.getKey())) {
                fields.fault(entry.getKey(), "unknown field");
            }
        }
        return fields;
    }

    public boolean has(String name) {
        return node.get(name) != null;
    }

    public @Nullable String id(String name) {
        String id = text(name, text -> Limits.isId(text) || Limits.isDots(text), Limits.ID);
        if (id != null && Limits.isDots(id)) {
            fault(name, Limits.NO_DOTS);
            return null;
        }
        return id;
    }

    /** @param demand the message for a text that is not valid */
    public @Nullable String text(String name, Predicate<String> valid, String demand) {
        String text = string(name);
        if (text != null && !valid.test(text)) {
            fault(name, demand);
            return null;
        }
        return text;
    }

    public @Nullable String oneOf(String name, Set<String> values) {
        String text = string(name);
        if (text != null && !values.contains(text)) {
            fault(
                    name,
                    "must be one of "
                            + String.join(", ", values.stream().sorted().toList()));
            return null;
        }
        return text;
    }

    /** Required: true or false, and no substitute. */
    public boolean flag(String name) {
        JsonNode value = required(name);
        if (value != null && !value.isBoolean()) {
            fault(name, "must be true or false");
        }
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** Required: an integer written as one, 5 and not 5.0, 5e0 or "5". */
    public long integer(String name, long min, long max) {
        JsonNode value = required(name);
        if (value == null) {
            return 0;
        }
        if (!value.isIntegralNumber()) {
            fault(name, "must be an integer");
            return 0;
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            fault(name, "must be between " + min + " and " + max);
            return 0;
        }
        return value.longValue();
    }

    /** Required: the raw value, for a field that is not a plain value. */
    public @Nullable JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            fault(name, "is required");
        } else if (value.isNull()) {
            fault(name, "must not be null");
            return null;
        }
        return value;
    }

    public void fault(String name, String message) {
        faults.add(prefix + name, message);
    }

    private @Nullable String string(String name) {
        JsonNode value = required(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            fault(name, "must be a string");
            return null;
        }
        return value.stringValue();
    }
}
