package dev.pedidos.worker.http;

import dev.pedidos.shared.runtime.WallClock;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a server wants to be left alone: the header {@code Retry-After} (RFC 9110, 10.2.3). */
public final class RetryAfter {

    public static final String HEADER = "Retry-After";
    public static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /** Empty if the server does not say it, or not in a form that the RFC allows. */
    public static Optional<Duration> of(HttpHeaders headers) {
        return of(headers, WallClock.now());
    }

    /** @param now by our clock, which counts if the server does not say what its own shows */
    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        return headers.firstValue(HEADER)
                .map(String::strip)
                .flatMap(value -> value.matches("[0-9]+")
                        ? Optional.of(seconds(value))
                        : HttpDate.parse(value, now).map(until -> Duration.between(serversClock(headers, now), until)))
                .map(RetryAfter::bounded);
    }

    private static Instant serversClock(HttpHeaders headers, Instant now) {
        return headers.firstValue("Date")
                .flatMap(date -> HttpDate.parse(date.strip(), now))
                .orElse(now);
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(new BigInteger(digits)
                .min(BigInteger.valueOf(LONGEST.toSeconds()))
                .longValueExact());
    }

    private static Duration bounded(Duration asked) {
        if (asked.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
