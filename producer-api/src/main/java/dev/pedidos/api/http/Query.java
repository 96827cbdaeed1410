package dev.pedidos.api.http;

import dev.pedidos.shared.message.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses a query strictly: a filter that cannot be read must not become no filter. */
final class Query {
    private Query() {}

    /**
     * @param raw the part after the question mark
     * @throws dev.pedidos.shared.message.InvalidFields lists every part that is badly encoded
     */
    static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return values;
        }
        var faults = new FieldErrors();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String rawName = equals < 0 ? pair : pair.substring(0, equals);
            Optional<String> name = decoded(rawName);
            Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                values.computeIfAbsent(name.get(), key -> new ArrayList<>()).add(value.get());
            } else {
                faults.add(name.orElse(rawName), "is badly encoded: must be UTF-8, percent-encoded");
            }
        }
        faults.throwIfAny();
        return values;
    }

    private static Optional<String> decoded(String raw) {
        return PercentText.decode(raw.replace('+', ' '));
    }
}
