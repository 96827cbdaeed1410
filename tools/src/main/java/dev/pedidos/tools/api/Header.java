package dev.pedidos.tools.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;

/** A header of a call. Its value may be a secret: no text and no error shows it. */
public record Header(String name, String value) {
    private static final Set<String> OURS = Set.of("idempotency-key", "pedidos-operador");

    /** @throws IllegalArgumentException the line is not a header; the message gives the reason without the value */
    public static Header parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("must be 'Name: value'");
        }
        String name = line.substring(0, colon).strip();
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " is set by ./pedidos itself");
        }
        var header = new Header(name, line.substring(colon + 1).strip());
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).setHeader(name, header.value());
        } catch (IllegalArgumentException e) {
            // The JDK's message contains the value.
            throw new IllegalArgumentException(
                    "cannot be sent: " + (name.matches("[\\w-]+") ? name : "a header of that name")
                            + " is not allowed here, or its value is not plain text");
        }
        return header;
    }

    @Override
    public String toString() {
        return name + ": ***";
    }
}
