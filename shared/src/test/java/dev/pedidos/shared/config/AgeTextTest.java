package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTextTest {

    @ParameterizedTest
    @CsvSource({"90d, P90D", "12h, PT12H", "30m, PT30M", "1s, PT1S"})
    void anAgeHasAUnit(String text, Duration age) {
        assertThat(AgeText.AGE_OR_OFF.matcher(text).matches()).isTrue();
        assertThat(AgeText.parse(text)).contains(age);
    }

    @Test
    void offIsNever() {
        assertThat(AgeText.AGE_OR_OFF.matcher("off").matches()).isTrue();
        assertThat(AgeText.parse("off")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "0d", "-1d", "1.5d", "90 d", "on", "1y", "100000d"})
    void anythingElseIsRefused(String text) {
        assertThat(AgeText.AGE_OR_OFF.matcher(text).matches()).isFalse();
    }
}
