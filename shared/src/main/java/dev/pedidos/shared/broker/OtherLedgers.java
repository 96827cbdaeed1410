package dev.pedidos.shared.broker;

import java.util.function.Supplier;

/**
 * Recognises messages of other ledgers.
 *
 * @param ours our ledger; empty while it is unknown: then no message is foreign
 */
public record OtherLedgers(Supplier<String> ours) {

    public boolean isForeign(Headers headers) {
        String theirs = headers.text(OutboundMessage.LEDGER);
        String known = ours.get();
        return !theirs.isEmpty() && !known.isEmpty() && !theirs.equals(known);
    }
}
