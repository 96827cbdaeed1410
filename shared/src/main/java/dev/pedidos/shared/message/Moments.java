package dev.pedidos.shared.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the times of clients: RFC 3339, cut to the microseconds that PostgreSQL stores. */
public final class Moments {
    /** The message for a value that {@link #parse} refuses. */
    public static final String DEMAND = "must be a time of RFC 3339 from 1970 on, such as 2026-11-22T08:30:00Z";

    /** Java's own parser also takes times without seconds, and offsets with them. */
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:)(\\d{2})" + "(?:(\\.\\d{1,6})\\d*+)?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final String LEAP_SECOND = "60";
    private static final Instant FIRST = Instant.EPOCH;
    /** A year of more than four digits has no form in RFC 3339. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Moments() {}

    /** Empty if the text is not a time, or one before 1970. A leap second is read as the second after it. */
    public static Optional<Instant> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return (parts.group(2).equals(LEAP_SECOND)
                            ? afterLeapSecond(parts)
                            : Optional.of(moment(parts, parts.group(2))))
                    .filter(moment -> !moment.isBefore(FIRST) && !moment.isAfter(LAST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty if the second after it does not begin a month: only the last second of a month is followed by a leap second. */
    private static Optional<Instant> afterLeapSecond(Matcher parts) {
        return Optional.of(moment(parts, "59").plusSeconds(1)).filter(next -> {
            var time = next.atOffset(ZoneOffset.UTC);
            return time.getDayOfMonth() == 1 && time.toLocalTime().toSecondOfDay() == 0;
        });
    }

    private static Instant moment(Matcher parts, String seconds) {
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        return OffsetDateTime.parse(parts.group(1) + seconds + fraction + parts.group(4))
                .toInstant();
    }
}
