package dev.pedidos.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Fri, 27 Nov 2026 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            37                            | PT37S
            ' 37 '                        | PT37S
            0                             | PT1S
            3601                          | PT1H
            999999999                     | PT1H
            Fri, 27 Nov 2026 10:01:30 GMT | PT1M30S
            Fri, 27 Nov 2026 09:00:00 GMT | PT1S
            Sun, 29 Nov 2026 10:00:00 GMT | PT1H
            """)
    void theWaitIsInSecondsOrUntilATimeOfTheServersClock(String value, Duration wait) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(value), "Date", List.of(DATE)))))
                .contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "1000000000", "2026-11-27T10:01:30Z"})
    void whatTheRfcDoesNotAllowIsNoWait(String value) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(value), "Date", List.of(DATE)))))
                .isEmpty();
    }

    @Test
    void aTimeWithoutTheServersClockIsNoWait() {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(DATE))))).isEmpty();
    }

    private static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
