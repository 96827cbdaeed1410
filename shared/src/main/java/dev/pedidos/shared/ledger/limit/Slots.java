package dev.pedidos.shared.ledger.limit;

import java.time.Duration;
import java.util.Optional;

/** The slots of limits: each call takes one, by the clock of the database. */
public interface Slots {

    /**
     * The pedido that wants a slot.
     *
     * @param goesOn this attempt has made a limited call before: it goes ahead of those that wait
     */
    record Asking(String pedidoId, boolean goesOn) {}

    /**
     * Empty if none is free now or in a moment, or if others were there first.
     *
     * @param late how much later than its time the call may begin. The answer of the database takes some time. The part that exceeds
     *     the limit's tolerance keeps the slot taken for as much longer
     */
    Optional<Slot> take(Limit limit, Asking who, Duration late);

    /**
     * Moves the slot of a call that begins late: it is free a window after the call begins. Empty if the slot was taken again
     * meanwhile.
     */
    Optional<Slot> takeLater(Limit limit, Slot slot, Duration late);
}
