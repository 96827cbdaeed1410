package dev.pedidos.e2e.docs;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A body and its status as curl prints them, without the parts that differ between runs. */
record CurlAnswer(JsonNode body, String status) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> DIFFER =
            Set.of("aceito_em", "atualizado_em", "occurred_at", "ordem", "next_cursor");

    static CurlAnswer of(String printed) {
        int last = printed.strip().lastIndexOf('\n');
        JsonNode body = JSON.readTree(printed.substring(0, Math.max(0, last)));
        mask(body);
        return new CurlAnswer(body, printed.substring(last + 1).strip());
    }

    private static void mask(JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (String name : DIFFER) {
                var old = object.get(name);
                if (old != null && !old.isNull()) {
                    object.put(name, old.getNodeType().name());
                }
            }
        }
        if (value instanceof ObjectNode || value instanceof ArrayNode) {
            value.values().forEach(CurlAnswer::mask);
        }
    }
}
