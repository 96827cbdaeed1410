package dev.pedidos.api.http;

/**
 * What a body takes in memory at the most while it is read, parsed and turned into what is stored: a tree of small values takes thirty
 * times its text. Counted in one pass over the bytes, before anything is made of them.
 */
final class BodyWeight {
    /** A request, its answer and all that hangs on them. */
    private static final int REQUEST = 8 * 1024;
    /** The bytes, the parsed text (two bytes a character where one is beyond Latin-1), two written forms on their way to be. */
    private static final int FORMS = 8;
    /** An object or an array, empty or not. */
    private static final int CONTAINER = 160;
    /** A value of an array, a name or a value of an object. */
    private static final int ENTRY = 100;
    /** After that only the two written forms are held. */
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
