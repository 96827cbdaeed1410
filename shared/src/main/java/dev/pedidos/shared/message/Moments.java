package dev.pedidos.shared.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.Optional;

/** Parses the times of clients: RFC 3339. */
public final class Moments {
    /** The message for a value that {@link #parse} refuses. */
    public static final String DEMAND = "must be a time of RFC 3339, such as 2026-11-22T08:30:00Z";

    private static final int FIRST_YEAR = 1970;

    private Moments() {}

    /** Empty if the text is not a time, or if its year does not have four digits. */
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
