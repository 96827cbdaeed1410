package dev.pedidos.shared.ledger.limit;

import java.time.Duration;
import java.util.Optional;

/** The places of limits: each call takes one, by the clock of the database. */
public interface Places {

    /**
     * Who wants a place.
     *
     * @param goesOn a call in its name was made a moment ago: it does not stand behind those that wait
     */
    record Asking(String pedidoId, boolean goesOn) {}

    /**
     * Empty if none is free now or in a moment, or if others were there first.
     *
     * @param late how much later than its time the call may begin. The answer of the database takes some time. What exceeds
     *     the limit's tolerance keeps the place taken for as much longer
     */
    Optional<Place> take(Limit limit, Asking who, Duration late);

    /** For a call that is late: its place is free a window after it begins. Empty if the place was taken again meanwhile. */
    Optional<Place> takeLater(Limit limit, Place place, Duration late);
}
