package dev.pedidos.shared.message;

/**
 * The memory that a JSON document takes once it is parsed, beside the text of its strings: small values take thirty times
 * their text. Counted in one pass over the bytes, before they are parsed.
 */
public final class TreeSize {
    /** An object or an array, empty or not. */
    private static final int CONTAINER = 160;
    /** A value in an array, a name or a value in an object. */
    private static final int ENTRY = 100;

    private TreeSize() {}

    /** In bytes; at most this much. */
    public static long of(byte[] json) {
        long containers = 0;
        long entries = 0;
        boolean inString = false;
        for (int i = 0; i < json.length; i++) {
            byte c = json[i];
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                containers++;
            } else if (c == ',' || c == ':') {
                entries++;
            }
        }
        return CONTAINER * containers + ENTRY * entries;
    }
}
