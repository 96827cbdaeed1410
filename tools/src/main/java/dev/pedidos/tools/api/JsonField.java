package dev.pedidos.tools.api;

import tools.jackson.databind.JsonNode;

/** A field of the API's answers, as text for a table. */
public final class JsonField {

    private JsonField() {}

    /** Empty if the field is null or missing. */
    public static String text(JsonNode entry, String field) {
        var value = entry.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asString("");
    }
}
