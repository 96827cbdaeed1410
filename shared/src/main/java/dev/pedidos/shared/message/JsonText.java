package dev.pedidos.shared.message;

import tools.jackson.core.io.JsonStringEncoder;

/** Strings as JSON, for the few answers that are written by hand. */
public final class JsonText {
    private JsonText() {}

    /** With the quotes around it. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }
}
