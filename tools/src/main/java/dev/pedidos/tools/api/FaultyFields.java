package dev.pedidos.tools.api;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** The API refused fields or parameters of a call (422): nothing was done. */
public final class FaultyFields extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> messages;

    FaultyFields(Map<String, String> messages) {
        super(messages.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("; ")));
        this.messages = messages;
    }

    /** The messages by the API's name of the field or parameter. */
    public Map<String, String> messages() {
        return messages;
    }
}
