package dev.pedidos.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Fri, 27 Nov 2026 10:00:00 GMT";
    private static final Instant OURS = Instant.parse("2026-11-27T09:58:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            37                            | PT37S
            ' 37 '                        | PT37S
            0                             | PT1S
            3601                          | PT1H
            0000000000007                 | PT7S
            99999999999999999999999999999 | PT1H
            Fri, 27 Nov 2026 10:01:30 GMT | PT1M30S
            Fri, 27 Nov 2026 09:00:00 GMT | PT1S
            Sun, 29 Nov 2026 10:00:00 GMT | PT1H
            Friday, 27-Nov-26 10:01:30 GMT | PT1M30S
            Fri Nov 27 10:01:30 2026      | PT1M30S
            """)
    void theWaitIsInSecondsOrUntilATimeOfTheServersClock(String value, Duration wait) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(value), "Date", List.of(DATE))), OURS))
                .contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Fri, 27 Nov 2026", "2026-11-27T10:01:30Z"})
    void whatTheRfcDoesNotAllowIsNoWait(String value) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(value), "Date", List.of(DATE))), OURS))
                .isEmpty();
    }

    /** RFC 9110, 6.6.1: with an answer 5xx the server may leave {@code Date} out. */
    @Test
    void ourClockCountsIfTheServerDoesNotSayItsOwn() {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(DATE))), OURS))
                .contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(DATE), "Date", List.of("today"))), OURS))
                .contains(Duration.ofMinutes(2));
    }

    private static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
