package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "wait=1|1",
                "wait=30|30",
                "Wait = \"10\"|10",
                "respond-async, wait=10|10",
                "wait=10; foo=bar, handling=lenient|10",
                "foo=\"wait=3, wait=4\", wait=5|5",
                "wait=2, wait=9|2",
            })
    void waitIsReadAsTheStandardSays(String line, int seconds) {
        assertThat(Prefer.waiting(List.of(line))).isEqualTo(Optional.of(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "wait=0",
                "wait=31",
                "wait=-1",
                "wait=1.5",
                "wait",
                "wait=",
                "waiting=3",
                "return=minimal",
                "wait=٣"
            })
    void whatIsNotUnderstoodIsIgnored(String line) {
        assertThat(Prefer.waiting(List.of(line))).isEmpty();
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(Prefer.waiting(List.of("return=minimal", "wait=7"))).isEqualTo(Optional.of(Duration.ofSeconds(7)));
        assertThat(Prefer.waiting(List.of())).isEmpty();
    }
}
