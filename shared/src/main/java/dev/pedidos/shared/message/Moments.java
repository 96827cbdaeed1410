package dev.pedidos.shared.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.Optional;

/** Times as clients write them: RFC 3339. */
public final class Moments {
    /** What {@link #parse} demands. */
    public static final String DEMAND = "must be a time of RFC 3339, such as 2026-11-22T08:30:00Z";

    private static final int FIRST_YEAR = 1970;

    private Moments() {}

    /** Empty if it is none, or of a year that is not four digits long. */
    public static Optional<Instant> parse(String text) {
        try {
            var moment = OffsetDateTime.parse(text);
            int year = moment.getYear();
            return year >= FIRST_YEAR && Year.of(year).toString().length() == 4
                    ? Optional.of(moment.toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
