package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:30:00Z, 2026-11-22T08:30:00Z",
        "2026-11-22T05:30:00-03:00, 2026-11-22T08:30:00Z",
        "2026-11-22T08:30:00.1234569Z, 2026-11-22T08:30:00.123456Z",
        "2026-11-22T08:30:00.12345678901234567890Z, 2026-11-22T08:30:00.123456Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2016-12-31T20:59:60.5-03:00, 2017-01-01T00:00:00.5Z",
        "1969-12-31T21:00:00-03:00, 1970-01-01T00:00:00Z",
        "2026-11-22t08:30:00z, 2026-11-22T08:30:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void timesOfRfc3339(String text, Instant moment) {
        assertThat(Moments.parse(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-22",
                "2026-11-22T08:30Z",
                "2026-11-22T08:30:00",
                "2026-11-22T08:30:00-03",
                "2026-11-22T08:30:00-03:00:30",
                "2026-11-22 08:30:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-22T24:00:00Z",
                "+12026-11-22T08:30:00Z",
                "1969-12-31T23:59:59Z",
                "1970-01-01T00:00:00+03:00",
                "9999-12-31T23:59:60Z",
                "2016-12-31T23:58:60Z",
                "2016-12-31T23:59:60-03:00",
                "2016-12-30T23:59:60Z",
                "2016-12-31T23:59:61Z",
                "2026-11-22T08:30:00.Z",
                "٢٠٢٦-11-22T08:30:00Z"
            })
    void everythingElseIsNoTime(String text) {
        assertThat(Moments.parse(text)).isEmpty();
    }
}
