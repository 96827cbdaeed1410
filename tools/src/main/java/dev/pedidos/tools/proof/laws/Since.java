package dev.pedidos.tools.proof.laws;

import java.time.Duration;
import java.time.Instant;

/** The moment from which on changes are judged. */
public sealed interface Since {

    /** This long before the moment at which the ledger is judged. */
    record Ago(Duration time) implements Since {}

    /** By the clock of the database. */
    record At(Instant moment) implements Since {}

    /** The moment lies ahead: nothing could be judged, and nothing could be found broken. */
    final class NotYet extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NotYet(Instant moment, Instant now) {
            super(moment + " has not come: for this ledger it is " + now);
        }
    }

    /**
     * @param now the moment at which the ledger is judged
     * @throws NotYet it lies behind that
     */
    default Instant moment(Instant now) {
        Instant moment = switch (this) {
            case Ago(Duration time) -> now.minus(time);
            case At(Instant given) -> given;
        };
        if (moment.isAfter(now)) {
            throw new NotYet(moment, now);
        }
        return moment;
    }
}
