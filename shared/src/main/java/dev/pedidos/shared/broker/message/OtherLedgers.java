package dev.pedidos.shared.broker.message;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Recognises messages of other ledgers.
 *
 * @param ours our ledger; empty while it is unknown: then no message is foreign
 */
public record OtherLedgers(Supplier<String> ours) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** For a line of the log: the ledger that a message names, or a question mark, because anybody can write anything there. */
    public static String named(Headers headers) {
        String theirs = headers.text(OutboundMessage.LEDGER);
        return ID.matcher(theirs).matches() ? theirs : "?";
    }

    public boolean isForeign(Headers headers) {
        String theirs = headers.text(OutboundMessage.LEDGER);
        String known = ours.get();
        return !theirs.isEmpty() && !known.isEmpty() && !theirs.equals(known);
    }
}
