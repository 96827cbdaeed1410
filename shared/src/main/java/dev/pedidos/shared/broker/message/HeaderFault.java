package dev.pedidos.shared.broker.message;

import java.util.Arrays;

/** Why the headers of a message are not read. {@link ReadableHeaders} puts its name in their place. */
enum HeaderFault {
    TOO_LARGE("has more than " + HeaderTable.MOST_BYTES + " bytes of headers"),
    TOO_MANY("has more than " + HeaderTable.MOST_VALUES + " headers"),
    TOO_DEEP("has headers that are nested more than " + HeaderTable.MOST_LEVELS + " deep"),
    MALFORMED("has headers that cannot be read"),
    /** A publisher wrote it. */
    RESERVED("has the header " + ReadableHeaders.REFUSED + ", which is reserved");

    private final String sentence;

    HeaderFault(String sentence) {
        this.sentence = sentence;
    }

    /** Anybody can write anything into the header. */
    static HeaderFault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElse(RESERVED);
    }

    String sentence() {
        return sentence;
    }
}
