package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveAgeTest {

    @ParameterizedTest
    @CsvSource({"90d, P90D", "12h, PT12H", "30m, PT30M", "1s, PT1S"})
    void anAgeHasAUnit(String text, Duration age) {
        assertThat(ArchiveAge.TEXT.matcher(text).matches()).isTrue();
        assertThat(ArchiveAge.parse(text)).contains(age);
    }

    @Test
    void offIsNever() {
        assertThat(ArchiveAge.TEXT.matcher("off").matches()).isTrue();
        assertThat(ArchiveAge.parse("off")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "0d", "-1d", "1.5d", "90 d", "on", "1y", "100000d"})
    void anythingElseIsRefused(String text) {
        assertThat(ArchiveAge.TEXT.matcher(text).matches()).isFalse();
    }
}
