package dev.pedidos.shared.message;

import tools.jackson.core.io.JsonStringEncoder;

/** Text as JSON, for answers that are written by hand. */
public final class JsonText {
    private JsonText() {}

    /** With quotes around it. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }

    /**
     * As {@link #compact(String)}, in place and in UTF-8.
     *
     * @return the new length in bytes
     */
    public static int compact(byte[] json) {
        boolean inString = false;
        int to = 0;
        for (int i = 0; i < json.length; i++) {
            byte c = json[i];
            if (inString && c == '\\') {
                json[to++] = c;
                json[to++] = json[++i];
                continue;
            }
            inString ^= c == '"';
            if (inString || c != ' ') {
                json[to++] = c;
            }
        }
        return to;
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
