package dev.pedidos.tools.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.tools.proof.laws.Since;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SinceConverterTest {

    @Test
    void aTimeAgoAndAMomentInAnyZoneAreRead() {
        var converter = new SinceConverter();

        assertThat(converter.convert("90")).isEqualTo(new Since.Ago(Duration.ofSeconds(90)));
        assertThat(converter.convert("5m")).isEqualTo(new Since.Ago(Duration.ofMinutes(5)));
        assertThat(converter.convert("2d")).isEqualTo(new Since.Ago(Duration.ofDays(2)));
        assertThat(converter.convert("2026-11-26T10:00:00Z"))
                .isEqualTo(new Since.At(Instant.parse("2026-11-26T10:00:00Z")));
        assertThat(converter.convert("2026-11-26T07:00:00-03:00"))
                .isEqualTo(new Since.At(Instant.parse("2026-11-26T10:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "1w", "-1h", "1.5h", "2026-11-26", "2026-11-26T10:00:00", "2026-13-01T00:00:00Z"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new SinceConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
