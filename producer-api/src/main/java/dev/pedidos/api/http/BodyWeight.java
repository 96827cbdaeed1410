package dev.pedidos.api.http;

/**
 * The most memory that a body takes while it is read, parsed and turned into the stored form: a tree of small values
 * takes thirty times its text. Counted in one pass over the bytes before they are parsed.
 */
final class BodyWeight {
    /** A request, its answer and their objects. */
    private static final int REQUEST = 8 * 1024;
    /** The bytes, the parsed text (two bytes per character if one is beyond Latin-1), and two written forms. */
    private static final int FORMS = 8;
    /** An object or an array, empty or not. */
    private static final int CONTAINER = 160;
    /** A value in an array, a name or a value in an object. */
    private static final int ENTRY = 100;
    /** After parsing only the two written forms are kept. */
    private static final int HELD_FORMS = 3;

    private BodyWeight() {}

    static long whileRead(byte[] body) {
        long containers = 0;
        long entries = 0;
        boolean inString = false;
        for (int i = 0; i < body.length; i++) {
            byte c = body[i];
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
        return REQUEST + (long) FORMS * body.length + CONTAINER * containers + ENTRY * entries;
    }

    static long onceRead(int bodyBytes) {
        return REQUEST + (long) HELD_FORMS * bodyBytes;
    }
}
