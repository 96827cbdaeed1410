package dev.pedidos.shared.broker;

import java.util.function.Supplier;

/**
 * Tells the messages of other ledgers.
 *
 * @param ours empty while it is not known: then none is foreign
 */
public record OtherLedgers(Supplier<String> ours) {

    public boolean own(Headers headers) {
        String theirs = headers.text(OutboundMessage.LEDGER);
        String known = ours.get();
        return !theirs.isEmpty() && !known.isEmpty() && !theirs.equals(known);
    }
}
