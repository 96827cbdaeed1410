package dev.pedidos.worker.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A time in a header, in one of the three forms that a recipient must accept: RFC 9110, 5.6.7. */
final class HttpDate {

    private static final DateTimeFormatter ASCTIME =
            gmt(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss uuuu"));

    /** A year of two digits is never further ahead. */
    private static final int YEARS_AHEAD = 50;

    private HttpDate() {}

    /** Empty if the text has none of the three forms. */
    static Optional<Instant> parse(String text, Instant now) {
        return Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME, ASCTIME, rfc850(now))
                .flatMap(form -> parse(text, form).stream())
                .findFirst();
    }

    private static Optional<Instant> parse(String text, DateTimeFormatter form) {
        try {
            return Optional.of(form.parse(text, Instant::from));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int latest = now.atZone(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
        return gmt(new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
                .appendPattern(" HH:mm:ss 'GMT'"));
    }

    private static DateTimeFormatter gmt(DateTimeFormatterBuilder form) {
        return form.toFormatter(Locale.US).withZone(ZoneOffset.UTC);
    }
}
