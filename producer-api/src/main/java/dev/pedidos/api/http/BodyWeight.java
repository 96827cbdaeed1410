package dev.pedidos.api.http;

import dev.pedidos.shared.message.TreeSize;

/** The most memory that a body takes while it is read, parsed and turned into the stored form. */
final class BodyWeight {
    /** A request, its answer and their objects. */
    private static final int REQUEST = 8 * 1024;
    /** The bytes, the parsed text (two bytes per character if one is beyond Latin-1), and two written forms. */
    private static final int FORMS = 8;
    /** After parsing only the two written forms are kept. */
    private static final int HELD_FORMS = 3;

    private BodyWeight() {}

    static long whileRead(byte[] body) {
        return REQUEST + (long) FORMS * body.length + TreeSize.of(body);
    }

    static long onceRead(int bodyBytes) {
        return REQUEST + (long) HELD_FORMS * bodyBytes;
    }
}
