package dev.pedidos.worker.http;

import dev.pedidos.shared.text.Digits;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server wants to be left alone: the header {@code Retry-After} (RFC 9110, 10.2.3). */
public final class RetryAfter {

    public static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /** Empty if the server does not say it, or not in a form that the RFC allows. */
    public static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(value -> parse(value.strip(), headers.firstValue("Date")));
    }

    private static Optional<Duration> parse(String value, Optional<String> date) {
        try {
            if (value.matches("[0-9]{1,9}")) {
                return Optional.of(bounded(Duration.ofSeconds(Digits.toLong(value))));
            }
            // By the server's own clock: ours may differ.
            return date.map(now -> bounded(Duration.between(moment(now), moment(value))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime moment(String httpDate) {
        return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static Duration bounded(Duration asked) {
        if (asked.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
