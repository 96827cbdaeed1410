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

    /** Well-formed JSON without the white space that PostgreSQL puts between tokens. */
    public static String compact(String json) {
        var out = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                out.append(c).append(json.charAt(++i));
                continue;
            }
            inString ^= c == '"';
            if (inString || c != ' ') {
                out.append(c);
            }
        }
        return out.toString();
    }
}
