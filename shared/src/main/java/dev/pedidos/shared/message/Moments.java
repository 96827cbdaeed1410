package dev.pedidos.shared.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses the times of clients: RFC 3339. */
public final class Moments {
    /** The message for a value that {@link #parse} refuses. */
    public static final String DEMAND = "must be a time of RFC 3339 from 1970 on, such as 2026-11-22T08:30:00Z";

    /** Java's own parser also takes times without seconds, and offsets with them. */
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final int FIRST_YEAR = 1970;

    private Moments() {}

    /** Empty if the text is not a time, or one before 1970. */
    public static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var moment = OffsetDateTime.parse(text);
            return moment.getYear() >= FIRST_YEAR ? Optional.of(moment.toInstant()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
