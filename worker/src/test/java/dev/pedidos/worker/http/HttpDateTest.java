package dev.pedidos.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
            })
    void theThreeExamplesOfTheRfcAreOneTime(String text) {
        assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void aYearOfTwoDigitsIsAtMostFiftyYearsAhead() {
        assertThat(HttpDate.parse("Friday, 27-Nov-76 10:00:00 GMT", NOW))
                .contains(Instant.parse("2076-11-27T10:00:00Z"));
        assertThat(HttpDate.parse("Sunday, 27-Nov-77 10:00:00 GMT", NOW))
                .contains(Instant.parse("1977-11-27T10:00:00Z"));
    }
}
